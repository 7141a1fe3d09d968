#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "members/members.hpp"
#include "members/way_in.hpp"
#include "web/slice.hpp"

namespace kith::members {

/// A recovery code: 128 random bits, as 26 letters and digits in five groups that can be read
/// aloud (Crockford's base 32: no i, l, o or u).
[[nodiscard]] std::string make_recovery_code(Random& random);
/// The code as it is hashed, however it was typed.
[[nodiscard]] std::string plain_recovery_code(std::string_view typed);

/// Makes new codes; the old ones are worth nothing from now on. Kept as hashes only.
[[nodiscard]] std::vector<std::string> make_recovery_codes(web::Site& site, database::Write& write,
                                                           Id<Member> member);
/// How many codes the member has not used yet.
[[nodiscard]] std::int64_t recovery_codes_left(database::Read& read, Viewer const& viewer);
/// Uses the code; gives its member, or nothing.
[[nodiscard]] std::optional<Id<Member>> use_recovery_code(web::Site& site, database::Write& write,
                                                          std::string_view typed);
void forget_recovery_codes(database::Write& write, Id<Member> member);

/// Whether the session began with, or after, a recovery code that was used so lately that it may
/// not yet change what its member would need to take the account back (SAFETY 6: recovery
/// takeover). However it began: who holds a stolen code could choose a password and come again.
[[nodiscard]] bool recovery_delays(database::Read& read, Viewer const& viewer,
                                   Id<web::SignInSession> session, Time now);

struct RecoverForm {
    std::string code;
    bool own_device = false;
};
BOOST_DESCRIBE_STRUCT(RecoverForm, (), (code, own_device))

/// Asks for a recovery code.
struct RecoverPage {
    static constexpr std::string_view page = "members/recover";
    web::Field code;
    bool own_device = false;
    std::vector<web::KeptField> carried;
};
BOOST_DESCRIBE_STRUCT(RecoverPage, (), (code, own_device, carried))

/// Shows new recovery codes, once.
struct RecoveryCodesPage {
    static constexpr std::string_view page = "members/recovery-codes";
    std::vector<std::string> codes;
    std::string sign_in_name;  ///< which nobody shares: the public id
    bool just_joined = false;
    std::string next_url;
};
BOOST_DESCRIBE_STRUCT(RecoveryCodesPage, (), (codes, sign_in_name, just_joined, next_url))

/// The page of new codes, within the deed that made them.
[[nodiscard]] web::Answer show_recovery_codes(web::Call& call, database::Write& write,
                                              std::vector<std::string> codes, bool just_joined);

[[nodiscard]] std::vector<web::Route> recovery_routes();

}  // namespace kith::members
