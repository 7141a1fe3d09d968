#pragma once

#include <string>
#include <vector>

#include "members/members.hpp"
#include "web/archive.hpp"
#include "web/site.hpp"

namespace kith::members {

struct ExportedSession {
    std::string described;
    Time started_at{};
    Time seen_at{};
};
BOOST_DESCRIBE_STRUCT(ExportedSession, (), (described, started_at, seen_at))

/// How a member signs in, in the archive that they take away: no token, hash or code.
struct ExportedSignIn {
    std::optional<std::string> email;
    bool has_password = false;
    std::int64_t recovery_codes_left = 0;
    std::vector<ExportedSession> sessions;
    std::int64_t known_devices = 0;
    std::vector<std::string> changes;
};
BOOST_DESCRIBE_STRUCT(ExportedSignIn, (),
                      (email, has_password, recovery_codes_left, sessions, known_devices, changes))

/// Puts how the member signs in into the archive.
void export_sign_in(web::Site& site, database::Read& read, Id<Member> member,
                    web::Archive& archive);
/// Erases sessions, links, codes, events, known devices, and the request by which the member came.
void erase_sign_in(database::Write& write, Id<Member> member);

}  // namespace kith::members
