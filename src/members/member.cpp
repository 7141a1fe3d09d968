#include "members/member.hpp"

#include "base/text.hpp"

namespace kith::members {
namespace {

std::optional<std::string> word_of(Role role) {
    switch (role) {
        case Role::guide: return "guide";
        case Role::steward: return "steward";
        case Role::host: return "host";
        case Role::stranger:
        case Role::member: break;
    }
    return std::nullopt;
}

}  // namespace

MemberCard make_card(PublicId const& id, std::string name, Role role, bool has_avatar) {
    MemberCard card;
    card.id = id;
    card.initials = initials_of(name);
    card.name = std::move(name);
    card.tint = std::to_string(tint_of(id));
    card.url = "/members/" + id.text();
    if (has_avatar) card.avatar_url = card.url + "/avatar";
    card.role_word = word_of(role);
    return card;
}

}  // namespace kith::members
