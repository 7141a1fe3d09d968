#pragma once

#include <optional>
#include <string>
#include <vector>

#include "talk/comment_store.hpp"
#include "talk/discussion_store.hpp"
#include "talk/polls_store.hpp"
#include "web/call.hpp"

namespace kith::talk {

inline constexpr std::string_view poll_pattern = "/polls/{id}";

/// One poll alone: where live words lead to, and what an answer that misses something shows.
struct PollPage {
    static constexpr std::string_view page = "talk/poll-page";
    std::string title;
    std::string back_url;
    web::Field choice;
    PollView poll;
};
BOOST_DESCRIBE_STRUCT(PollPage, (), (title, back_url, choice, poll))

struct VoteForm {
    std::vector<std::int64_t> choice;  ///< by their numbers
};
BOOST_DESCRIBE_STRUCT(VoteForm, (), (choice))

/// Gives the rows of a discussion their polls, as the viewer sees them.
void add_polls(web::Call const& call, DiscussionRow const& discussion,
               std::vector<CommentRow>& rows);
void add_polls(database::Read& read, Viewer const& viewer, Time now,
               DiscussionRow const& discussion, std::vector<CommentRow>& rows);
/// The poll of a comment as everybody may be shown it: what is asked, and where to answer.
[[nodiscard]] std::optional<PollView> poll_for_all(database::Read& read, Id<Comment> comment);

/// GET /polls/{id}, POST /polls/{id}/vote and …/take-back
[[nodiscard]] web::Answer show_poll(web::Call& call);
[[nodiscard]] web::Outcome act_vote(web::Call& call);
[[nodiscard]] web::Outcome act_vote_back(web::Call& call);

}  // namespace kith::talk
