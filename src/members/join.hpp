#pragma once

#include <optional>
#include <string>
#include <vector>

#include "members/community.hpp"
#include "members/join_requests.hpp"
#include "members/recovery.hpp"
#include "web/slice.hpp"

namespace kith::members {

struct JoinForm {
    std::string name;
    std::string pronouns;
    std::string email;
    std::string password;
    std::string words;
    bool agree = false;
    std::int64_t agreement_version = 0;  ///< the one that was read
    bool own_device = false;
};
BOOST_DESCRIBE_STRUCT(JoinForm, (),
                      (name, pronouns, email, password, words, agree, agreement_version,
                       own_device))

/// How someone may come in now; none: only an invitation leads in.
enum class Door { closed, invited, asking, open };
BOOST_DESCRIBE_ENUM(Door, closed, invited, asking, open)

/// The way in for someone new.
struct JoinPage {
    static constexpr std::string_view page = "members/join";
    Door door = Door::closed;
    std::string action;
    web::Field name;
    web::Field pronouns;
    web::Field email;
    web::Field password;
    web::Field words;
    web::Field agree;
    web::Html agreement;
    std::int64_t agreement_version = 0;
    bool own_device = false;
    bool invitation_ended = false;
};
BOOST_DESCRIBE_STRUCT(JoinPage, (),
                      (door, action, name, pronouns, email, password, words, agree, agreement,
                       agreement_version, own_device, invitation_ended))

/// How a request to join stands, for whoever asked.
struct AskedPage {
    static constexpr std::string_view page = "members/asked";
    JoinState state = JoinState::waiting;
    std::string name;
    Time asked_at{};
    std::string url;     ///< of this page, to be kept
    std::string action;  ///< comes in, once accepted
};
BOOST_DESCRIBE_STRUCT(AskedPage, (), (state, name, asked_at, url, action))

/// What is wrong with a form to join by `door`, apart from its password.
void check_joining(web::Mistakes& mistakes, JoinForm const& form, Door door);

[[nodiscard]] std::vector<web::Route> join_routes();

}  // namespace kith::members
