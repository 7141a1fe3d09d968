#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/session.hpp"
#include "talk/talk.hpp"

namespace kith::talk {

struct Poll;  // the tag of Id<Poll>

/// A poll of a discussion; beside what begins it where there is no comment.
struct PollRow {
    Id<Poll> id;
    PublicId public_id;
    Id<Discussion> discussion;
    std::optional<Id<Comment>> comment;
    std::optional<PublicId> comment_id;
    std::string question;
    bool many = false;
    std::optional<Time> ends_at;
    std::int64_t voters = 0;  ///< of those whom the viewer may see here
};
BOOST_DESCRIBE_STRUCT(PollRow, (),
                      (id, public_id, discussion, comment, comment_id, question, many, ends_at,
                       voters))

/// One choice, with how many of those whom the viewer may see have made it.
struct ChoiceRow {
    Id<Poll> poll;
    std::int64_t number = 0;
    std::string words;
    std::int64_t votes = 0;
    bool chosen = false;
};
BOOST_DESCRIBE_STRUCT(ChoiceRow, (), (poll, number, words, votes, chosen))

/// The polls of comments that the viewer was given by the reads of comment_store.
[[nodiscard]] std::vector<PollRow> polls_of(database::Read& read, Viewer const& viewer,
                                            std::vector<Id<Comment>> const& comments);
/// The poll beside what begins a discussion that the viewer was given by find_discussion.
[[nodiscard]] std::vector<PollRow> poll_beside(database::Read& read, Viewer const& viewer,
                                               Id<Discussion> discussion);
/// The choices of such polls, in their order.
[[nodiscard]] std::vector<ChoiceRow> choices_of(database::Read& read, Viewer const& viewer,
                                                std::vector<PollRow> const& polls);
/// The poll if the viewer may read the words that it stands with.
[[nodiscard]] std::optional<PollRow> find_poll(database::Read& read, Viewer const& viewer,
                                               PublicId const& poll);

/// Where a poll is put.
struct PollPlace {
    PublicId public_id;
    Id<Discussion> discussion;
    std::optional<Id<Comment>> comment;
};
void insert_poll(database::Write& write, PollPlace const& place, PollToAdd const& poll, Time at);

/// Takes the place of what the member has answered before; none takes it back.
void set_votes(database::Write& write, Id<Poll> poll, Id<Member> member,
               std::vector<std::int64_t> const& numbers, Time at);

/// Removes polls with all answers: of a comment, of all that a member wrote, of all in a group.
void drop_poll_in(database::Write& write, Id<Comment> comment);
void drop_polls_by(database::Write& write, Id<Member> author);
void drop_polls_of_group(database::Write& write, Id<Group> group);
/// Removes what a member has answered anywhere.
void drop_votes_of(database::Write& write, Id<Member> member);

/// What a member takes along of polls: what they asked, and what they answered where they can
/// still read it.
struct OwnPollRow {
    std::string subject_path;
    Time at{};
    std::string question;
    std::string words;
};
BOOST_DESCRIBE_STRUCT(OwnPollRow, (), (subject_path, at, question, words))
[[nodiscard]] std::vector<OwnPollRow> polls_by(database::Read& read, Viewer const& viewer,
                                               Id<Member> member);
[[nodiscard]] std::vector<OwnPollRow> votes_by(database::Read& read, Viewer const& viewer,
                                               Id<Member> member);

}  // namespace kith::talk
