#include "base/limits.hpp"
#include "members/member.hpp"
#include "members/sessions.hpp"

namespace kith::members {

using database::bind;
using database::Sql;

constexpr Sql add = R"(
    insert into sessions (public_id, token_hash, member, device, way, described, started_at,
                          seen_at, authenticated_at)
    values (:public_id, :token_hash, :member, :device, :way, :described, :now, :now, :now))";

std::string start_session(web::Site& site, database::Write& write, NewSession const& session) {
    auto token = make_token(site.random);
    database::execute(write, add, bind("public_id", PublicId::make(site.random)),
                      bind("token_hash", site.seal.hash("session", token)),
                      bind("member", session.member), bind("device", session.device),
                      bind("way", session.way), bind("described", session.described),
                      bind("now", site.now()));
    return token;
}

namespace {

struct VisitorRow {
    Id<web::SignInSession> session;
    Id<Member> member;
    PublicId member_id;
    std::string name;
    Role role = Role::member;
    std::string language;
    std::string zone;
    std::string community_zone;
    std::string community_language;
    std::string theme;
    bool plain_letters = false;
    bool discreet = false;
    bool writes_essays = false;
    std::int64_t agreement_accepted = 0;
    std::int64_t agreement_now = 0;
    MemberState state = MemberState::active;
    Device device = Device::shared;
    Time started_at{};
    Time seen_at{};
    Time authenticated_at{};
};
BOOST_DESCRIBE_STRUCT(VisitorRow, (),
                      (session, member, member_id, name, role, language, zone, community_zone,
                       community_language, theme, plain_letters, discreet, writes_essays,
                       agreement_accepted, agreement_now, state, device, started_at, seen_at,
                       authenticated_at))

constexpr Sql by_token = R"(
    select s.id, s.member, m.public_id, m.name, m.role, m.language, m.zone, c.zone, c.language,
           m.theme, m.plain_letters, m.discreet, m.writes_essays, m.agreement_version,
           c.agreement_version, m.state, s.device, s.started_at, s.seen_at, s.authenticated_at
    from sessions s join members m on m.id = s.member join community c on c.id = 1
    where s.token_hash = :token_hash and s.ended_at is null
      and m.state in ('active', 'erasing'))";

struct CommunityWays {
    std::string zone;
    std::string language;
};
BOOST_DESCRIBE_STRUCT(CommunityWays, (), (zone, language))

constexpr Sql ways_of_community = "select zone, language from community where id = 1";

}  // namespace

web::Visitor visitor_of(web::Site& site, database::Read& read, std::string_view token, Time now) {
    web::Visitor visitor;
    std::optional<VisitorRow> row;
    if (!token.empty())
        row = database::maybe<VisitorRow>(read, by_token,
                                          bind("token_hash", site.seal.hash("session", token)));
    if (row &&
        !session_alive(session_limits(row->device, row->role), row->started_at, row->seen_at, now))
        row.reset();
    if (!row) {
        visitor.session_ended = !token.empty();
        auto ways = database::one<CommunityWays>(read, ways_of_community);
        visitor.zone = std::move(ways.zone);
        visitor.community_language = std::move(ways.language);
        return visitor;
    }
    visitor.viewer = {row->member, row->role};
    visitor.session = row->session;
    visitor.member_id = row->member_id;
    visitor.name = std::move(row->name);
    visitor.language = std::move(row->language);
    visitor.zone = row->zone.empty() ? std::move(row->community_zone) : std::move(row->zone);
    visitor.community_language = std::move(row->community_language);
    visitor.theme = std::move(row->theme);
    visitor.plain_letters = row->plain_letters;
    visitor.discreet = row->discreet;
    visitor.own_device = row->device == Device::own;
    visitor.agreement_accepted = row->agreement_accepted >= row->agreement_now;
    visitor.being_erased = row->state == MemberState::erasing;
    visitor.may_write_essays = row->writes_essays || row->role >= Role::guide;
    visitor.authenticated_at = row->authenticated_at;
    visitor.seen_at = row->seen_at;
    return visitor;
}

constexpr Sql seen = "update sessions set seen_at = :now where id = :session and seen_at < :now";

void note_seen(web::Site& site, web::Visitor const& visitor, Time now) {
    if (now - visitor.seen_at < limits::session_seen_step) return;
    auto deed = [session = visitor.session, now](database::Write& write) {
        database::execute(write, seen, bind("now", now), bind("session", session));
    };
    try {
        site.database.write(std::move(deed), [](std::exception_ptr const&) {});
    } catch (Refusal const&) {
        // The queue is full: the next request says it again.
    }
}

constexpr Sql of_member = R"(
    select id, public_id, device, way, described, started_at, seen_at
    from sessions where member = :member and ended_at is null order by seen_at desc, id desc
    limit :at_most)";

std::vector<SessionRow> sessions_of(database::Read& read, Viewer const& viewer, Time now) {
    auto found = database::rows<SessionRow>(read, of_member, bind("member", viewer.member),
                                            bind("at_most", limits::sessions_listed_max));
    std::erase_if(found, [&](SessionRow const& row) {
        return !session_alive(session_limits(row.device, viewer.role), row.started_at, row.seen_at,
                              now);
    });
    return found;
}

constexpr Sql by_id = R"(
    select id, public_id, device, way, described, started_at, seen_at
    from sessions where id = :session and member = :member)";

std::optional<SessionRow> session_by_id(database::Read& read, Viewer const& viewer,
                                        Id<web::SignInSession> session) {
    return database::maybe<SessionRow>(read, by_id, bind("session", session),
                                       bind("member", viewer.member));
}

constexpr Sql end_by_public_id = R"(
    update sessions set ended_at = :now
    where public_id = :session and member = :member and ended_at is null)";
constexpr Sql end_by_id = R"(
    update sessions set ended_at = :now where id = :session and ended_at is null
    returning member)";
constexpr Sql end_by_token = R"(
    update sessions set ended_at = :now where token_hash = :token_hash and ended_at is null
    returning member)";
constexpr Sql end_all_but = R"(
    update sessions set ended_at = :now
    where member = :member and id <> :kept and ended_at is null)";

void end_streams_after(web::Site& site, database::Write& write, Id<Member> member) {
    site.nodes->end_streams_after(write, member);
}

bool end_session(web::Site& site, database::Write& write, Id<Member> member,
                 PublicId const& session) {
    end_streams_after(site, write, member);
    return database::execute(write, end_by_public_id, bind("now", site.now()),
                             bind("session", session), bind("member", member)) == 1;
}

void end_session(web::Site& site, database::Write& write, Id<web::SignInSession> session) {
    auto const member = database::maybe<Id<Member>>(write, end_by_id, bind("now", site.now()),
                                                    bind("session", session));
    if (member) end_streams_after(site, write, *member);
}

void end_session_of(web::Site& site, database::Write& write, std::string_view token) {
    auto const member =
        database::maybe<Id<Member>>(write, end_by_token, bind("now", site.now()),
                                    bind("token_hash", site.seal.hash("session", token)));
    if (member) end_streams_after(site, write, *member);
}

void end_other_sessions(web::Site& site, database::Write& write, Id<Member> member,
                        Id<web::SignInSession> kept) {
    end_streams_after(site, write, member);
    database::execute(write, end_all_but, bind("now", site.now()), bind("member", member),
                      bind("kept", kept));
}

void end_all_sessions(web::Site& site, database::Write& write, Id<Member> member) {
    end_other_sessions(site, write, member, Id<web::SignInSession>{});
}

constexpr Sql authenticated = "update sessions set authenticated_at = :now where id = :session";

void authenticated_again(database::Write& write, Id<web::SignInSession> session, Time now) {
    database::execute(write, authenticated, bind("now", now), bind("session", session));
}

constexpr Sql delete_of_member = "delete from sessions where member = :member";

void delete_sessions(database::Write& write, Id<Member> member) {
    database::execute(write, delete_of_member, bind("member", member));
}

// A session that nobody ended is dead after its age, whatever its device.
constexpr Sql forget = R"(
    delete from sessions where ended_at < :long_ago or started_at < :long_ago)";

void sweep_sessions(database::Write& write, Time now) {
    auto const kept = limits::session_own_device_age_max + limits::session_kept_after_end;
    database::execute(write, forget, bind("long_ago", now - kept));
}

}  // namespace kith::members
