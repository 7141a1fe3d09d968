#pragma once

#include <optional>
#include <string>
#include <vector>

#include "distance/folded.hpp"
#include "members/member.hpp"
#include "talk/talk.hpp"
#include "talk/waiting.hpp"
#include "web/call.hpp"

namespace kith::welcome {

/// A greeter whom a newcomer may ask by name.
struct GreeterItem {
    PublicId id;
    std::string name;
    std::string greeting;  ///< a sentence of their own
    bool chosen = false;
};
BOOST_DESCRIBE_STRUCT(GreeterItem, (), (id, name, greeting, chosen))

struct IntroductionForm {
    std::string body;
    std::optional<PublicId> greeter;  ///< none: anyone
    talk::Patience patience = talk::Patience::stay;
};
BOOST_DESCRIBE_STRUCT(IntroductionForm, (), (body, greeter, patience))

/// The form by which a member says hello, or says it anew.
struct SayHelloPage {
    static constexpr std::string_view page = "welcome/say-hello";
    web::Field body;
    std::vector<GreeterItem> greeters;
    bool anyone = true;
    bool again = false;  ///< the words are there and can be changed
    std::string own_url;
    std::string seen_by;
    std::optional<talk::WaitView> wait;  ///< the first time
};
BOOST_DESCRIBE_STRUCT(SayHelloPage, (), (body, greeters, anyone, again, own_url, seen_by, wait))

/// How somebody says hello.
struct IntroductionPage {
    static constexpr std::string_view page = "welcome/introduction";
    PublicId id;
    std::string title;
    members::MemberCard author;  ///< its url is empty where the viewer can't see the page
    std::string seen_by;
    web::Html body;
    Time written_at{};
    std::optional<std::string> greeter;  ///< who was asked by name; for the author
    bool own = false;
    std::string distance_url;  ///< of the page where the viewer can keep distance from the author
    distance::Folded folded = distance::Folded::no;
    std::string change_url;
    std::string withdraw_url;
    std::optional<talk::WaitView> wait;
    std::optional<talk::CommentsView> comments;
};
BOOST_DESCRIBE_STRUCT(IntroductionPage, (),
                      (id, title, author, seen_by, body, written_at, greeter, own, distance_url,
                       folded, change_url, withdraw_url, wait, comments))

/// Words that wait for a human answer, as one line of the list.
struct WaitingItem {
    std::string title;
    std::string url;
    std::string by;
    std::string where;  ///< the circle; empty where any member may read them
    Time since{};
    std::string waits;  ///< "since yesterday"
};
BOOST_DESCRIBE_STRUCT(WaitingItem, (), (title, url, by, where, since, waits))

/// What waits for an answer and is the viewer's to answer, oldest first.
struct UnansweredPage {
    static constexpr std::string_view page = "welcome/unanswered";
    std::vector<WaitingItem> items;
    std::optional<std::string> greeting_url;  ///< for greeters
    std::optional<std::string> greeters_url;  ///< for stewards
};
BOOST_DESCRIBE_STRUCT(UnansweredPage, (), (items, greeting_url, greeters_url))

/// Words that their author let travel, for those to whom they came.
struct TravelledPage {
    static constexpr std::string_view page = "welcome/travelled";
    PublicId id;
    std::string title;
    members::MemberCard author;
    std::string seen_by;
    std::optional<std::string> content_note;
    web::Html body;
    Time begun_at{};
    bool own = false;
    std::string distance_url;  ///< of the page where the viewer can keep distance from the author
    distance::Folded folded = distance::Folded::no;
    std::optional<std::string> home_url;  ///< where it stands; for the author
    std::string take_back_url;
    std::optional<talk::CommentsView> comments;
};
BOOST_DESCRIBE_STRUCT(TravelledPage, (),
                      (id, title, author, seen_by, content_note, body, begun_at, own, distance_url,
                       folded, home_url, take_back_url, comments))

struct NamedGreeter {
    PublicId id;
    std::string name;
    std::string greeting;
    std::string unname_url;
};
BOOST_DESCRIBE_STRUCT(NamedGreeter, (), (id, name, greeting, unname_url))

struct NameGreeterForm {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NameGreeterForm, (), (name))

/// Who answers first hellos; for stewards.
struct GreetersPage {
    static constexpr std::string_view page = "welcome/greeters";
    std::vector<NamedGreeter> items;
    web::Field name;
    std::optional<std::string> reply_times;  ///< how long words wait, in one line
};
BOOST_DESCRIBE_STRUCT(GreetersPage, (), (items, name, reply_times))

struct GreetingForm {
    std::string greeting;
};
BOOST_DESCRIBE_STRUCT(GreetingForm, (), (greeting))

/// What a greeter says of themselves to newcomers.
struct GreetingPage {
    static constexpr std::string_view page = "welcome/greeting";
    std::string name;
    web::Field greeting;
};
BOOST_DESCRIBE_STRUCT(GreetingPage, (), (name, greeting))

inline constexpr std::string_view say_hello_pattern = "/welcome/introduction";
inline constexpr std::string_view introduction_pattern = "/introductions/{id}";
inline constexpr std::string_view hello_comments_pattern = "/introductions/{id}/comments";
inline constexpr std::string_view unanswered_path = "/unanswered";
inline constexpr std::string_view travelled_pattern = "/unanswered/{id}";
inline constexpr std::string_view answers_pattern = "/unanswered/{id}/comments";
inline constexpr std::string_view greeters_path = "/welcome/greeters";
inline constexpr std::string_view greeting_path = "/welcome/greeting";

[[nodiscard]] inline std::string introduction_url(PublicId const& id) {
    return "/introductions/" + id.text();
}

}  // namespace kith::welcome
