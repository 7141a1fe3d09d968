#include "distance/bond_place.hpp"
#include "distance/limits.hpp"
#include "distance/distance_link.hpp"
#include "distance/distance_store.hpp"
#include "distance/distance_views.hpp"
#include "members/house_links.hpp"
#include "members/members.hpp"
#include "web/respond.hpp"

namespace kith::distance {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view settings_path = "/settings/distance";

/// What was sent in the form, or stands in the link to the page.
std::string_view sent(Call const& call, std::string const& name) {
    auto const* value = call.form.find(name);
    if (!value) value = call.query.find(name);
    return value ? std::string_view(*value) : std::string_view();
}

OtherRow asked_other(Call const& call, database::Read& read) {
    auto other = find_other(read, call.viewer(), call.id());
    if (!other) throw Refusal::not_found();
    return *std::move(other);
}

/// How the viewer knows the other: by the link that they came by, by what they may see now, or by
/// what they kept. Each is asked, so that the answer costs the same whoever is hidden.
std::string name_for(Call const& call, database::Read& read, OtherRow const& other) {
    auto const linked = known_name(call, call.id(), sent(call, "known"));
    auto const seen = members::find_member(read, call.viewer(), call.id());
    if (linked) return *linked;
    return seen ? seen->name : other.known_as;
}

std::vector<SharedRoom> shared_rooms(Call& call, Id<Member> other) {
    auto const keepers = keepers_to_ask(call.read(), call.viewer(), other);
    std::vector<SharedRoom> rooms;
    for (auto& row : rooms_shared(call.read(), call.viewer(), other)) {
        SharedRoom room{std::move(row.name), row.url, row.url + "/leave", {}};
        for (auto const& keeper : keepers) {
            if (keeper.room != row.url || !call.site.hooks.reach_out_url) continue;
            if (auto url = call.site.hooks.reach_out_url(call, keeper.id))
                room.keepers.push_back({keeper.name, *std::move(url)});
        }
        rooms.push_back(std::move(room));
    }
    return rooms;
}

Answer show_keep(Call& call) {
    auto const other = asked_other(call, call.read());
    KeepPage view;
    if (auto name = name_for(call, call.read(), other); !name.empty()) view.name = std::move(name);
    view.kept = other.kept;
    view.muted = other.muted;
    view.url = "/members/" + call.id().text();
    view.known = sent(call, "known");
    view.then = call.then_path("/");
    view.rooms = shared_rooms(call, other.member);
    view.rooms_any = !view.rooms.empty();
    if (members::has_page(call.site, "/bonds")) {
        view.bond_url = view.url + "/bond";
        if (!view.known.empty()) *view.bond_url += "?known=" + web::url_encode(view.known);
    }
    return web::respond(call, view, {.title = call.say("distance.keep")});
}

/// Where the viewer goes on: not to what they have just put out of their own sight.
std::string then_of(Call const& call) {
    auto then = call.then_path("/");
    auto const page = "/members/" + call.id().text();
    bool const gone = then == page || then.starts_with(page + "?") || then.starts_with(page + "#");
    return gone ? "/" : then;
}

Outcome act_keep(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const other = asked_other(call, write);
        auto const name = name_for(call, write, other);
        if (!keep_distance(write, call.viewer(), other.member, name, call.now()))
            throw Refusal::conflict("distance.too_many");
        web::forget_told(write, call.site, bond_place(call.viewer().member, other.member),
                         other.member);
        return web::done(call, then_of(call), "distance.said_kept");
    });
}

Outcome act_take_back(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        take_distance_back(write, call.viewer(), asked_other(call, write).member);
        return web::done(call, call.then_path(std::string(settings_path)), "distance.said_back");
    });
}

Outcome act_mute(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const other = asked_other(call, write);
        auto const name = name_for(call, write, other);
        if (!mute(write, call.viewer(), other.member, name, call.now()))
            throw Refusal::conflict("distance.too_many");
        return web::done(call, call.then_path("/"), "distance.said_muted");
    });
}

Outcome act_unmute(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        unmute(write, call.viewer(), asked_other(call, write).member);
        return web::done(call, call.then_path(std::string(settings_path)), "distance.said_unmuted");
    });
}

std::vector<KeptLine> lines_of(std::vector<KeptRow> rows, std::string_view take_back) {
    std::vector<KeptLine> lines;
    for (auto& row : rows) {
        auto const member = "/members/" + row.id.text();
        auto const page = member + "/distance?then=" + web::url_encode(settings_path);
        lines.push_back(
            {row.id, std::move(row.name), row.since, page, member + std::string(take_back)});
    }
    return lines;
}

Answer show_settings(Call& call) {
    DistanceSettingsPage view;
    view.kept = lines_of(kept_from(call.read(), call.viewer()), "/distance/take-back");
    view.muted = lines_of(muted_by(call.read(), call.viewer()), "/unmute");
    view.listed = is_listed(call.read(), call.viewer());
    return web::respond(call, view,
                        {.title = call.say("distance.settings"), .place = web::Place::you});
}

Answer show_about(Call& call) {
    AboutPage const view{call.viewer().signed_in()};
    return web::respond(call, view, {.title = call.say("distance.about")});
}

web::Route deed(std::string_view pattern, web::Act act) {
    // An agreement that waits mustn't stand between anyone and their distance.
    return before_agreement(limited(web::post<DistanceForm>(pattern, Access::member, act),
                                    {limits::distances_made_max, limits::distances_made_time}));
}

}  // namespace

std::vector<web::Route> distance_routes() {
    return {
        web::get<AboutPage>("/distance", Access::anyone, show_about),
        web::get<DistanceSettingsPage>(settings_path, Access::member, show_settings),
        web::get<KeepPage>("/members/{id}/distance", Access::member, show_keep),
        deed("/members/{id}/distance", act_keep),
        deed("/members/{id}/distance/take-back", act_take_back),
        deed("/members/{id}/mute", act_mute),
        deed("/members/{id}/unmute", act_unmute),
    };
}

}  // namespace kith::distance
