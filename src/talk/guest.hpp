#pragma once

#include "web/call.hpp"

namespace kith::talk {

/// The page that the link in a guest's mail leads to: a button, since scanners of mail follow
/// links but press no buttons.
struct ConfirmPage {
    static constexpr std::string_view page = "talk/confirm";
    std::string confirm_url;
    web::Html html;  ///< what they wrote
};
BOOST_DESCRIBE_STRUCT(ConfirmPage, (), (confirm_url, html))

/// GET and POST /comments/confirm/{token}
[[nodiscard]] web::Answer show_confirm(web::Call& call);
[[nodiscard]] web::Outcome act_confirm(web::Call& call);

}  // namespace kith::talk
