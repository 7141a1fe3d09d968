#include "base/limits.hpp"
#include "members/member_mail.hpp"
#include "members/sign_in_events.hpp"

namespace kith::members {

using database::bind;
using database::Sql;

constexpr Sql add = R"(
    insert into sign_in_events (member, kind, session, at) values (:member, :kind, :session, :at))";

void note_event(web::Site& site, database::Write& write, Account const& account, SignInEvent event,
                Id<web::SignInSession> session) {
    database::execute(write, add, bind("member", account.id), bind("kind", event),
                      bind("session", session), bind("at", site.now()));
    mail_change(site, write, account);
}

constexpr Sql elsewhere = R"(
    select kind, at from sign_in_events
    where member = :member and session <> :session and at > :since
    order by at desc, id desc limit :at_most)";

std::vector<SignInEventRow> events_elsewhere(database::Read& read, Viewer const& viewer,
                                             Id<web::SignInSession> session, Time since) {
    return database::rows<SignInEventRow>(read, elsewhere, bind("member", viewer.member),
                                          bind("session", session), bind("since", since),
                                          bind("at_most", limits::sessions_listed_max));
}

constexpr Sql forget_of_member = "delete from sign_in_events where member = :member";
constexpr Sql forget_before = "delete from sign_in_events where at < :before";

void forget_events(database::Write& write, Id<Member> member) {
    database::execute(write, forget_of_member, bind("member", member));
}

void sweep_events(database::Write& write, Time before) {
    database::execute(write, forget_before, bind("before", before));
}

}  // namespace kith::members
