#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/session.hpp"
#include "members/members.hpp"
#include "members/session_rules.hpp"
#include "web/call.hpp"
#include "web/http.hpp"
#include "web/site.hpp"

namespace kith::members {

/// The cookie that names a session.
inline constexpr std::string_view session_cookie = "session";

/// A session about to begin.
struct NewSession {
    Id<Member> member;
    Device device = Device::shared;
    Way way = Way::password;
    std::string described;  ///< see describe_agent
};

/// A session as its own member sees it.
struct SessionRow {
    Id<web::SignInSession> id;
    PublicId public_id;
    Device device = Device::shared;
    Way way = Way::password;
    std::string described;
    Time started_at{};
    Time seen_at{};
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (id, public_id, device, way, described, started_at, seen_at))

/// Begins a session; gives its token, which is kept only as a hash.
[[nodiscard]] std::string start_session(web::Site& site, database::Write& write,
                                        NewSession const& session);

/// Puts the session's cookie into the answer: until the browser closes on a shared device.
void give_session_cookie(web::Site const& site, web::Answer& answer, std::string_view token,
                         Device device, Role role);
/// Takes the session's cookie away.
void clear_session_cookie(web::Site const& site, web::Answer& answer);

/// Who sends `request`: the member of the session that its cookie names, or a stranger.
[[nodiscard]] web::Visitor recognise(web::Site& site, database::Read& read,
                                     web::HttpRequest const& request, Time now);
/// Who the holder of this session token is.
[[nodiscard]] web::Visitor visitor_of(web::Site& site, database::Read& read, std::string_view token,
                                      Time now);
/// Keeps, to the minute, that the session was used; nobody waits for it.
void note_seen(web::Site& site, web::Visitor const& visitor, Time now);

/// The sessions of a member that are still alive, the last used first.
[[nodiscard]] std::vector<SessionRow> sessions_of(database::Read& read, Viewer const& viewer,
                                                  Time now);
/// How the session began; nothing when it isn't there.
[[nodiscard]] std::optional<SessionRow> session_by_id(database::Read& read, Viewer const& viewer,
                                                      Id<web::SignInSession> session);

// Whatever ends a session ends the member's event streams as well, once it is durable.

/// Ends one session of the member; false when it isn't theirs.
bool end_session(web::Site& site, database::Write& write, Id<Member> member,
                 PublicId const& session);
void end_session(web::Site& site, database::Write& write, Id<web::SignInSession> session);
/// Ends the session that a browser names by `token`, whoever it is.
void end_session_of(web::Site& site, database::Write& write, std::string_view token);
void end_other_sessions(web::Site& site, database::Write& write, Id<Member> member,
                        Id<web::SignInSession> kept);
void end_all_sessions(web::Site& site, database::Write& write, Id<Member> member);
/// Ends the member's event streams once this deed is durable.
void end_streams_after(web::Site& site, database::Write& write, Id<Member> member);

/// The member has just shown again who they are.
void authenticated_again(database::Write& write, Id<web::SignInSession> session, Time now);

/// Forgets every session of the member: erasure.
void delete_sessions(database::Write& write, Id<Member> member);
/// Forgets sessions that ended long ago.
void sweep_sessions(database::Write& write, Time now);

}  // namespace kith::members
