#include "bonds/bonds_slice.hpp"

#include "bonds/bond_call.hpp"
#include "bonds/bond_views.hpp"
#include "bonds/erasure_store.hpp"
#include "bonds/limits.hpp"
#include "bonds/own_words.hpp"
#include "bonds/telling.hpp"
#include "bonds/wishes_store.hpp"
#include "bonds/wishes_views.hpp"
#include "resources/bonds.hpp"
#include "web/site.hpp"

namespace kith::bonds {
namespace {

using namespace std::chrono_literals;

std::vector<web::Route> all_routes() {
    std::vector<web::Route> routes;
    for (auto const& part :
         {bond_routes(), bond_deed_routes(), hello_routes(), openness_routes(), pace_routes(),
          rest_routes(), missed_routes(), small_step_routes(), ceiling_routes()})
        routes.insert(routes.end(), part.begin(), part.end());
    return routes;
}

std::vector<web::Page> all_pages() {
    return {web::page<BondPage>(),      web::page<BondsPage>(),  web::page<OpennessPage>(),
            web::page<PacePage>(),      web::page<RestPage>(),   web::page<MissedPage>(),
            web::page<SmallStepPage>(), web::page<CeilingPage>()};
}

web::Probe fixed(std::string_view path) {
    return {path, [path](database::Read&) { return std::vector{std::string(path)}; }};
}

std::vector<std::string> bond_paths(database::Read& read) {
    std::vector<std::string> paths;
    for (auto const& id : some_members(read, Viewer::server()))
        paths.push_back("/members/" + id.text() + "/bond");
    return paths;
}

std::vector<web::Probe> all_probes() {
    return {fixed("/bonds"),         fixed("/settings/openness"),
            fixed("/settings/pace"), fixed("/rest"),
            fixed("/rest/missed"),   fixed("/small-step"),
            fixed("/host/bonds"),    {"/members/{id}/bond", bond_paths}};
}

void end_rests(web::Site& site, std::string const&) {
    site.database.write_now(
        [now = site.now()](database::Write& write) { end_due_rests(write, now); });
}

void forget(web::Site& site, std::string const&) {
    site.database.write_now([now = site.now()](database::Write& write) {
        forget_offers(write, now - limits::offer_again_time);
    });
}

std::vector<web::TodayCard> all_cards(web::Call& call) {
    auto cards = bonds_cards(call);
    for (auto& card : small_step_cards(call)) cards.push_back(std::move(card));
    return cards;
}

}  // namespace

web::Slice bonds_slice() {
    return {
        .name = "bonds",
        .resources = bonds_resources(),
        .routes = all_routes(),
        .pages = all_pages(),
        .jobs = {{tell_offer_job, tell_of_offer},
                 {deliver_hello_job, deliver_hello},
                 {"bonds.end_rests", end_rests, 60s},
                 {"bonds.forget", forget, 1h}},
        .today = all_cards,
        .notices = bonds_notices(),
        .export_for = web::ExportFor(export_bonds),
        .erase_for = web::EraseFor(erase_bonds),
        .probes = all_probes(),
    };
}

}  // namespace kith::bonds
