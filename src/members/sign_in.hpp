#pragma once

#include <string>
#include <vector>

#include "members/community.hpp"
#include "members/way_in.hpp"
#include "web/slice.hpp"

namespace kith::members {

struct SignInForm {
    std::string name;  ///< or the email address
    std::string password;
    bool own_device = false;
    std::string then;
};
BOOST_DESCRIBE_STRUCT(SignInForm, (), (name, password, own_device, then))

/// Asks who comes in.
struct SignInPage {
    static constexpr std::string_view page = "members/sign-in";
    web::Field name;
    web::Field password;
    bool own_device = false;
    std::string then;
    std::vector<web::KeptField> carried;  ///< typed before the session ended, sent along
    bool carries = false;
    bool session_ended = false;
    JoinPolicy join_policy = JoinPolicy::invitation;
};
BOOST_DESCRIBE_STRUCT(SignInPage, (),
                      (name, password, own_device, then, carried, carries, session_ended,
                       join_policy))

struct AskLinkForm {
    std::string email;
};
BOOST_DESCRIBE_STRUCT(AskLinkForm, (), (email))

/// Asks where a sign-in link should go.
struct AskLinkPage {
    static constexpr std::string_view page = "members/ask-link";
    web::Field email;
    bool link_ended = false;  ///< the link that was opened can't be used any more
    bool link_sent = false;   ///< and what was typed waits here until it was opened
    std::vector<web::KeptField> carried;
};
BOOST_DESCRIBE_STRUCT(AskLinkPage, (), (email, link_ended, link_sent, carried))

struct UseLinkForm {
    bool own_device = false;
};
BOOST_DESCRIBE_STRUCT(UseLinkForm, (), (own_device))

/// Uses a link only by a press: what reads mail for its owner opens links but presses nothing.
struct UseLinkPage {
    static constexpr std::string_view page = "members/use-link";
    std::string action;
    bool confirms_email = false;
    bool own_device = false;
};
BOOST_DESCRIBE_STRUCT(UseLinkPage, (), (action, confirms_email, own_device))

struct AgainForm {
    std::string password;
    std::string then;
};
BOOST_DESCRIBE_STRUCT(AgainForm, (), (password, then))

/// Asks a signed-in member to show again who they are.
struct AgainPage {
    static constexpr std::string_view page = "members/again";
    web::Field password;
    bool has_password = false;
    bool has_email = false;
    bool link_sent = false;
    std::string then;
    std::vector<web::KeptField> carried;
};
BOOST_DESCRIBE_STRUCT(AgainPage, (), (password, has_password, has_email, link_sent, then, carried))

[[nodiscard]] std::vector<web::Route> sign_in_routes();
[[nodiscard]] std::vector<web::Route> sign_in_link_routes();
[[nodiscard]] std::vector<web::Route> again_routes();

}  // namespace kith::members
