#pragma once

#include "web/call.hpp"
#include "web/notice.hpp"
#include "web/today.hpp"
#include "web/unanswered.hpp"
#include "welcome/welcome_views.hpp"

namespace kith::welcome {

inline constexpr std::string_view waiting_kind = "introduction";
inline constexpr std::string_view asked_notice = "welcome.asked";
inline constexpr std::string_view named_notice = "welcome.named";

/// How somebody says hello, once.
struct Hello {
    Id<Member> author;
    std::optional<Id<Member>> greeter;  ///< asked by name
    std::string markdown;
    talk::Patience patience = talk::Patience::stay;
    Time at{};
};
/// Opens the discussion beneath it, and tells who was asked to read it.
PublicId say_hello(web::Site& site, database::Write& write, Hello const& hello);

// saying hello
[[nodiscard]] web::Answer show_say_hello(web::Call& call);
[[nodiscard]] web::Outcome act_say_hello(web::Call& call);
[[nodiscard]] web::Answer show_introduction(web::Call& call);
[[nodiscard]] web::Outcome act_hello_comment(web::Call& call);
[[nodiscard]] web::Outcome act_hello_patience(web::Call& call);
[[nodiscard]] web::Outcome act_withdraw_hello(web::Call& call);
[[nodiscard]] web::Unanswered unanswered_introductions();

// what nobody has answered
[[nodiscard]] web::Answer show_unanswered(web::Call& call);
[[nodiscard]] web::Answer show_travelled(web::Call& call);
[[nodiscard]] web::Outcome act_answer(web::Call& call);
[[nodiscard]] web::Outcome act_take_back(web::Call& call);
/// What waits for the viewer's answer, the oldest first.
[[nodiscard]] std::vector<WaitingItem> waiting_for(web::Call& call);
/// The words of any slice while they stand.
[[nodiscard]] std::optional<web::FirstWords> first_words_of(web::Site const& site,
                                                            database::Read& read,
                                                            std::string_view kind,
                                                            PublicId const& discussion);
/// Lets words travel whose time has come, and takes back what was answered where it stands.
void travel(web::Site& site, database::Write& write);

// greeters
[[nodiscard]] web::Answer show_greeters(web::Call& call);
[[nodiscard]] web::Outcome act_name_greeter(web::Call& call);
[[nodiscard]] web::Outcome act_unname_greeter(web::Call& call);
[[nodiscard]] web::Answer show_greeting(web::Call& call);
[[nodiscard]] web::Outcome act_greeting(web::Call& call);
[[nodiscard]] web::Outcome act_stop_greeting(web::Call& call);

// the first week
void add_first_week(web::Call& call, std::vector<web::TodayCard>& cards);
[[nodiscard]] web::Outcome act_not_now(web::Call& call);
[[nodiscard]] web::Outcome act_put_away(web::Call& call);

}  // namespace kith::welcome
