#include "members/sign_in_export.hpp"

#include "members/join_requests.hpp"
#include "members/known_devices.hpp"
#include "members/member_mail.hpp"
#include "members/recovery.hpp"
#include "members/sessions.hpp"
#include "members/sign_in_events.hpp"
#include "members/sign_in_links.hpp"

namespace kith::members {

void export_sign_in(web::Site& site, database::Read& read, Id<Member> member,
                    web::Archive& archive) {
    auto const account = account_of(read, Viewer::server(), member);
    if (!account) return;
    Viewer const owner{member, account->role};
    ExportedSignIn view;
    view.email = account->email;
    view.has_password = account->password_hash.has_value();
    view.recovery_codes_left = recovery_codes_left(read, owner);
    for (auto const& row : sessions_of(read, owner, site.now()))
        view.sessions.push_back({row.described, row.started_at, row.seen_at});
    view.known_devices = known_devices(read, owner);
    auto const language = language_of(read, *account);
    auto const reading =
        web::Reading{.words = &site.words, .language = language, .now = site.now()};
    for (auto const& event : events_elsewhere(read, owner, {}, Time{}))
        view.changes.push_back(site.words.say(reading, word_of(event.kind), {{"at", event.at}}));
    archive.add("sign-in", site.words.say(language, "members.settings"), view);
}

void erase_sign_in(database::Write& write, Id<Member> member) {
    delete_sessions(write, member);
    void_links(write, member);
    forget_recovery_codes(write, member);
    forget_events(write, member);
    forget_devices(write, member);
    forget_join_request_of(write, member);
    delete_invitations_of(write, member);
}

}  // namespace kith::members
