// What the pages of circles share: who sees them, who is in them, and the way in.
#include "base/limits.hpp"
#include "circles/circle_handlers.hpp"
#include "circles/tell.hpp"
#include "distance/distance_link.hpp"
#include "members/member.hpp"

namespace kith::circles {

using web::Call;

CircleRow visible_circle(Call const& call, database::Read& read) {
    auto circle = find_circle(read, call.viewer(), call.id(), call.now());
    if (!circle) throw Refusal::not_found();
    return *std::move(circle);
}

CircleRow joined_circle(Call const& call, database::Read& read) {
    auto circle = visible_circle(call, read);
    if (!circle.member) throw Refusal::not_found();
    return circle;
}

CircleRow kept_circle(Call const& call, database::Read& read) {
    auto circle = visible_circle(call, read);
    if (!circle.keeper) throw Refusal::not_found();
    return circle;
}

CircleRow kept_open_circle(Call const& call, database::Read& read) {
    auto circle = kept_circle(call, read);
    if (circle.closed_at) throw Refusal::conflict("circles.is_closed");
    return circle;
}

std::string seen_by_circle(Call const& call, CircleRow const& circle) {
    return call.say(circle.small ? "circles.seen_by" : "circles.seen_by_large",
                    {{"members", circle.members}, {"name", circle.name}});
}

std::string at_most(Call const& call, CircleRow const& circle) {
    return call.say("circles.at_most", {{"size_max", circle.size_max}});
}

std::string led_by(Call const& call, std::vector<PersonRow> const& keepers) {
    if (keepers.empty()) return call.say("circles.led_by_nobody");
    if (keepers.size() == 1) return call.say("circles.led_by_one", {{"name", keepers[0].name}});
    std::string names = keepers.front().name;
    for (std::size_t i = 1; i + 1 < keepers.size(); ++i) names += ", " + keepers[i].name;
    return call.say("circles.led_by", {{"names", names}, {"last", keepers.back().name}});
}

std::string kind_word(Call const& call, CircleKind kind) {
    switch (kind) {
        case CircleKind::support: return call.say("circles.kind_support");
        case CircleKind::friends: return call.say("circles.kind_friends");
        case CircleKind::spiritual: return call.say("circles.kind_spiritual");
        case CircleKind::therapy: return call.say("circles.kind_guided");
        case CircleKind::learning: return call.say("circles.kind_learning");
        case CircleKind::neighbourhood: break;
    }
    return call.say("circles.kind_neighbourhood");
}

namespace {

std::string tag_kind_word(Call const& call, TagKind kind) {
    switch (kind) {
        case TagKind::culture: return call.say("circles.tag_culture");
        case TagKind::values: return call.say("circles.tag_values");
        case TagKind::experiences: return call.say("circles.tag_experiences");
        case TagKind::goals: break;
    }
    return call.say("circles.tag_goals");
}

std::optional<std::string> role_word(Call const& call, Role role) {
    switch (role) {
        case Role::guide: return call.say("circles.role_guide");
        case Role::steward: return call.say("circles.role_steward");
        case Role::host: return call.say("circles.role_host");
        case Role::stranger:
        case Role::member: break;
    }
    return std::nullopt;
}

}  // namespace

std::vector<TagLine> tag_lines(Call const& call, std::vector<Tag> const& tags) {
    std::vector<TagLine> lines;
    for (auto const kind :
         {TagKind::culture, TagKind::values, TagKind::experiences, TagKind::goals}) {
        auto words = typed(tags, kind);
        if (!words.empty()) lines.push_back({tag_kind_word(call, kind), std::move(words)});
    }
    return lines;
}

PersonView person_view(Call const& call, PersonRow const& row) {
    auto card = members::make_card(row.public_id, row.name, row.role, row.has_avatar);
    PersonView view;
    view.id = card.id;
    view.name = std::move(card.name);
    view.initials = std::move(card.initials);
    view.tint = std::move(card.tint);
    if (row.has_page) view.url = std::move(card.url);
    view.picture_url = std::move(card.avatar_url);
    view.role = role_word(call, row.role);
    view.keeper = row.keeper;
    view.is_you = call.viewer().is(row.member);
    view.joined_at = row.joined_at;
    if (!row.shares.empty()) view.shares = row.shares;
    return view;
}

PersonView person_to_meet(Call const& call, PersonRow const& row, std::string_view then) {
    auto view = person_view(call, row);
    if (!view.is_you) view.distance_url = distance::distance_url(call, view.id, view.name, then);
    return view;
}

void let_in(Call& call, database::Write& write, CircleRow const& circle, Entry const& entry) {
    if (circle.closed_at) throw Refusal::conflict("circles.is_closed");
    Viewer const newcomer{entry.member, Role::member};
    if (count_circles(write, newcomer) >= static_cast<std::int64_t>(limits::circles_of_member_max))
        throw Refusal::conflict("circles.too_many_circles");
    if (count_members(write, Viewer::server(), circle.id) >= circle.size_max)
        throw Refusal::conflict("circles.full");
    insert_member(write, circle.id, entry.member, false, entry.agreed_version, call.now());
    talk::admit(write, circle.group, entry.member, circle.history_open ? Time{} : call.now());
    drop_request(write, circle.id, entry.member);
    end_invitations(write, circle.id, entry.member, "used");
    untell_asking(call.site, write, circle.public_id, entry.member);
    forget_invitations(call.site, write, circle.public_id, entry.member);
    if (entry.by_keeper) lift_removals(write, circle.id, entry.member);
}

}  // namespace kith::circles
