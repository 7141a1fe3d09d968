#include "members/members_slice.hpp"

#include "base/limits.hpp"
#include "members/agreement.hpp"
#include "members/copy.hpp"
#include "members/erasure.hpp"
#include "members/help_lines.hpp"
#include "members/host.hpp"
#include "members/host_community.hpp"
#include "members/host_members.hpp"
#include "members/invitations.hpp"
#include "members/join.hpp"
#include "members/join_requests.hpp"
#include "members/joining.hpp"
#include "members/known_devices.hpp"
#include "members/leave.hpp"
#include "members/members_commands.hpp"
#include "members/profile.hpp"
#include "members/profile_settings.hpp"
#include "members/profiles_store.hpp"
#include "members/recovery.hpp"
#include "members/search.hpp"
#include "members/sessions.hpp"
#include "members/sessions_page.hpp"
#include "members/settings.hpp"
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
    for (auto const& part :
         {sign_in_routes(),        sign_in_link_routes(), again_routes(),
          recovery_routes(),       join_routes(),         leave_routes(),
          agreement_routes(),      session_routes(),      sign_in_settings_routes(),
          settings_routes(),       profile_routes(),      profile_settings_routes(),
          reading_routes(),        copy_routes(),         erasure_routes(),
          invitation_routes(),     joining_routes(),      host_routes(),
          host_community_routes(), host_members_routes(), help_lines_routes()})
        routes.insert(routes.end(), part.begin(), part.end());
    return routes;
}

std::vector<web::Page> all_pages() {
    return {
        web::page<SignInPage>(),         web::page<AskLinkPage>(),
        web::page<UseLinkPage>(),        web::page<AgainPage>(),
        web::page<RecoverPage>(),        web::page<RecoveryCodesPage>(),
        web::page<JoinPage>(),           web::page<AskedPage>(),
        web::page<LeavePage>(),          web::page<SessionsPage>(),
        web::page<SignInSettingsPage>(), web::page<AgreementPage>(),
        web::page<SettingsPage>(),       web::page<ProfilePage>(),
        web::page<PeoplePage>(),         web::page<ProfileSettingsPage>(),
        web::page<ReadingPage>(),        web::page<CopyPage>(),
        web::page<ErasePage>(),          web::page<InvitationsPage>(),
        web::page<InvitationMadePage>(), web::page<JoiningPage>(),
        web::page<HostPage>(),           web::page<CommunityPage>(),
        web::page<HostMembersPage>(),    web::page<HostMemberPage>(),
        web::page<HelpLinesPage>(),
    };
}

/// A page with one path.
web::Probe fixed(std::string_view path) {
    return {path, [path](database::Read&) { return std::vector{std::string(path)}; }};
}

/// A page behind a token, which nobody can guess: what a wrong one shows.
web::Probe behind_token(std::string_view pattern, std::string_view before) {
    return {pattern,
            [before](database::Read&) { return std::vector{std::string(before) + "not-a-token"}; }};
}

/// The pages of the first members, as anybody may ask for them.
web::Probe of_members(std::string_view pattern, std::string_view before, std::string_view after) {
    return {pattern, [before, after](database::Read& read) {
                std::vector<std::string> paths;
                for (auto const& id : some_members(read, Viewer::server()))
                    paths.push_back(std::string(before).append(id.text()).append(after));
                return paths;
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
        fixed("/settings"),
        fixed("/settings/profile"),
        fixed("/settings/reading"),
        fixed("/settings/copy"),
        fixed("/settings/erase"),
        fixed("/invitations"),
        fixed("/members"),
        fixed("/host"),
        fixed("/host/joining"),
        fixed("/host/community"),
        fixed("/host/members"),
        fixed("/host/help-lines"),
        of_members("/members/{id}", "/members/", ""),
        of_members("/members/{id}/avatar", "/members/", "/avatar"),
        of_members("/host/members/{id}", "/host/members/", ""),
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
        sweep_devices(write, now - limits::known_device_age_max);
        sweep_events(write, now - limits::session_kept_after_end);
        sweep_join_requests(write, now - limits::join_request_age_max);
    });
}

void remove_file(web::Site& site, std::string const& name) { site.files.remove(name); }

std::vector<web::TodayCard> all_cards(web::Call& call) {
    std::vector<web::TodayCard> cards;
    for (auto const& part : {erasure_cards, sign_in_cards, joining_cards, host_cards})
        for (auto& card : part(call)) cards.push_back(std::move(card));
    return cards;
}

void export_own(web::Site& site, database::Read& read, Id<Member> member, web::Archive& archive) {
    export_profile(site, read, member, archive);
    export_sign_in(site, read, member, archive);
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
        .jobs = {{"members.sweep", sweep, std::chrono::hours(1)},
                 {"members.erase", erase_due_members, std::chrono::hours(1)},
                 {remove_file_job, remove_file}},
        .commands = member_commands(),
        .today = all_cards,
        .search = {search_kind()},
        .notices = {{request_waits, web::NoticeDefault::digest, Role::steward}},
        .export_for = web::ExportFor(export_own),
        .erase_for = web::EraseFor(erase_sign_in),
        .probes = all_probes(),
    };
}

web::SiteHooks members_hooks() {
    web::SiteHooks hooks;
    hooks.recognise = recognise;
    hooks.seen = note_seen;
    hooks.furnish = furnish;
    hooks.agreement = agreement_words;
    return hooks;
}

}  // namespace kith
