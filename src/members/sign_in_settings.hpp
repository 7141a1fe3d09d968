#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/call.hpp"
#include "web/slice.hpp"

namespace kith::members {

struct PasswordForm {
    std::string password;  ///< the new one
};
BOOST_DESCRIBE_STRUCT(PasswordForm, (), (password))

struct EmailForm {
    std::string email;  ///< empty removes it
};
BOOST_DESCRIBE_STRUCT(EmailForm, (), (email))

/// How the member signs in, and how to change that.
struct SignInSettingsPage {
    static constexpr std::string_view page = "members/sign-in-settings";
    bool has_password = false;
    std::string sign_in_name;  ///< which nobody shares: the public id
    web::Field password;
    web::Field email;
    bool email_confirmed = false;
    std::int64_t codes_left = 0;
    bool fresh = false;    ///< else a change asks who it is first
    bool delayed = false;  ///< came in by a recovery code lately
    std::string again_url;
};
BOOST_DESCRIBE_STRUCT(SignInSettingsPage, (),
                      (has_password, sign_in_name, password, email, email_confirmed, codes_left,
                       fresh, delayed, again_url))

[[nodiscard]] std::vector<web::Route> sign_in_settings_routes();

}  // namespace kith::members
