#pragma once

#include "talk/talk.hpp"
#include "web/call.hpp"
#include "web/today.hpp"

namespace kith::talk {

/// A comment that waits for a steward.
struct ReviewItem {
    CommentView comment;
    std::string subject_path;
    std::string release_url;
    std::string refuse_url;
    web::Field reason;
};
BOOST_DESCRIBE_STRUCT(ReviewItem, (), (comment, subject_path, release_url, refuse_url, reason))

struct ReviewPage {
    static constexpr std::string_view page = "talk/review";
    std::vector<ReviewItem> items;
    std::optional<std::string> next;
    std::optional<std::string> next_url;
};
BOOST_DESCRIBE_STRUCT(ReviewPage, (), (items, next, next_url))

struct RefuseForm {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RefuseForm, (), (reason))

/// GET /review: what waits for this steward, oldest first.
[[nodiscard]] web::Answer show_review(web::Call& call);
/// POST /comments/{id}/hold, …/release, …/refuse
[[nodiscard]] web::Outcome act_hold(web::Call& call);
[[nodiscard]] web::Outcome act_release(web::Call& call);
[[nodiscard]] web::Outcome act_refuse(web::Call& call);

/// Tells a steward on Today that comments wait.
[[nodiscard]] std::vector<web::TodayCard> today_cards(web::Call& call);

inline constexpr std::string_view refuse_pattern = "/comments/{id}/refuse";

}  // namespace kith::talk
