#include "members/members_slice.hpp"

#include "base/limits.hpp"
#include "members/agreement.hpp"
#include "members/join.hpp"
#include "members/leave.hpp"
#include "members/recovery.hpp"
#include "members/sessions.hpp"
#include "members/sessions_page.hpp"
#include "members/sign_in.hpp"
#include "members/sign_in_events.hpp"
#include "members/sign_in_export.hpp"
#include "members/sign_in_links.hpp"
#include "members/sign_in_settings.hpp"
#include "resources/members.hpp"

namespace kith {
namespace {

using namespace members;

std::vector<web::Route> all_routes() {
    std::vector<web::Route> routes;
    for (auto const& part : {sign_in_routes(), sign_in_link_routes(), again_routes(),
                             recovery_routes(), join_routes(), leave_routes(), agreement_routes(),
                             session_routes(), sign_in_settings_routes()})
        routes.insert(routes.end(), part.begin(), part.end());
    return routes;
}

std::vector<web::Page> all_pages() {
    return {
        web::page<SignInPage>(),   web::page<AskLinkPage>(),        web::page<UseLinkPage>(),
        web::page<AgainPage>(),    web::page<RecoverPage>(),        web::page<RecoveryCodesPage>(),
        web::page<JoinPage>(),     web::page<AskedPage>(),          web::page<LeavePage>(),
        web::page<SessionsPage>(), web::page<SignInSettingsPage>(), web::page<AgreementPage>(),
    };
}

/// A page with one path.
web::Probe fixed(std::string_view path) {
    return {path, [path](database::Read&) { return std::vector{std::string(path)}; }};
}

/// A page behind a token, which nobody can guess: what a wrong one shows.
web::Probe behind_token(std::string_view pattern, std::string_view before) {
    return {pattern, [before](database::Read&) {
                return std::vector{std::string(before) + "not-a-token"};
            }};
}

std::vector<web::Probe> all_probes() {
    return {
        fixed("/sign-in"),
        fixed("/sign-in/link"),
        fixed("/sign-in/again"),
        fixed("/sign-in/recover"),
        fixed("/join"),
        fixed("/leave"),
        fixed("/agreement"),
        fixed("/settings/sessions"),
        fixed("/settings/sign-in"),
        behind_token("/sign-in/link/{token}", "/sign-in/link/"),
        behind_token("/sign-in/email/{token}", "/sign-in/email/"),
        behind_token("/join/{token}", "/join/"),
        behind_token("/join/asked/{token}", "/join/asked/"),
    };
}

/// Forgets what has had its time.
void sweep(web::Site& site, std::string const&) {
    site.database.write_now([now = site.now()](database::Write& write) {
        sweep_sessions(write, now);
        sweep_links(write, now);
        sweep_events(write, now - limits::session_kept_after_end);
        sweep_join_requests(write, now - limits::join_request_age_max);
    });
}

void furnish(web::Call& call, web::Shell& shell) {
    auto house = community(call.read());
    shell.help_lines = help_lines(call.read(), house.country);
    shell.community_name = std::move(house.name);
}

}  // namespace

web::Slice members_slice() {
    return {
        .name = "members",
        .resources = members_resources(),
        .routes = all_routes(),
        .pages = all_pages(),
        .jobs = {{"members.sweep", sweep, std::chrono::hours(1)}},
        .today = sign_in_cards,
        .export_for = web::ExportFor(export_sign_in),
        .erase_for = web::EraseFor(erase_sign_in),
        .probes = all_probes(),
    };
}

web::SiteHooks members_hooks() {
    web::SiteHooks hooks;
    hooks.recognise = recognise;
    hooks.seen = note_seen;
    hooks.furnish = furnish;
    return hooks;
}

}  // namespace kith
