#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/call.hpp"
#include "web/slice.hpp"

namespace kith::members {

struct InvitationForm {
    std::string note;
};
BOOST_DESCRIBE_STRUCT(InvitationForm, (), (note))

/// How an invitation stands.
enum class InvitationState { open, used, ended };
BOOST_DESCRIBE_ENUM(InvitationState, open, used, ended)

/// One of the viewer's own invitations, without its link: that is shown once.
struct InvitationItem {
    PublicId id;
    std::string note;
    InvitationState state = InvitationState::open;
    Time made_at{};
    Time expires_at{};
    std::string withdraw_url;
};
BOOST_DESCRIBE_STRUCT(InvitationItem, (), (id, note, state, made_at, expires_at, withdraw_url))

struct InvitationsPage {
    static constexpr std::string_view page = "members/invitations";
    std::vector<InvitationItem> items;
    web::Field note;
};
BOOST_DESCRIBE_STRUCT(InvitationsPage, (), (items, note))

/// A new invitation's link, shown this once.
struct InvitationMadePage {
    static constexpr std::string_view page = "members/invitation-made";
    std::string url;
    std::string note;
    Time expires_at{};
};
BOOST_DESCRIBE_STRUCT(InvitationMadePage, (), (url, note, expires_at))

/// Whether the viewer may invite: stewards and the host always, others when the host lets them.
[[nodiscard]] bool may_invite(web::Call const& call);

[[nodiscard]] std::vector<web::Route> invitation_routes();

}  // namespace kith::members
