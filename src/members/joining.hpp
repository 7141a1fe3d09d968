#pragma once

#include <optional>
#include <string>
#include <vector>

#include "members/join_requests.hpp"
#include "web/call.hpp"
#include "web/slice.hpp"

namespace kith::members {

/// Someone who asks to come in, as the stewards read it.
struct JoiningItem {
    PublicId id;
    std::string name;
    std::string pronouns;
    std::optional<std::string> email;
    std::string words;
    Time asked_at{};
    std::string accept_url;
    std::string decline_url;
};
BOOST_DESCRIBE_STRUCT(JoiningItem, (),
                      (id, name, pronouns, email, words, asked_at, accept_url, decline_url))

struct JoiningPage {
    static constexpr std::string_view page = "members/joining";
    std::vector<JoiningItem> items;
};
BOOST_DESCRIBE_STRUCT(JoiningPage, (), (items))

/// On Today: who waits at the door, for whoever may open it.
[[nodiscard]] std::vector<web::TodayCard> joining_cards(web::Call& call);

[[nodiscard]] std::vector<web::Route> joining_routes();

}  // namespace kith::members
