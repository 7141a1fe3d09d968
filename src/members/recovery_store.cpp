#include "base/limits.hpp"
#include "members/recovery.hpp"
#include "members/sign_in_events.hpp"

namespace kith::members {

using database::bind;
using database::Sql;

constexpr Sql add = "insert into recovery_codes (member, code_hash) values (:member, :code_hash)";

std::vector<std::string> make_recovery_codes(web::Site& site, database::Write& write,
                                             Id<Member> member) {
    forget_recovery_codes(write, member);
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < limits::recovery_codes_made; ++i) {
        codes.push_back(make_recovery_code(site.random));
        auto const hash = site.seal.hash("recovery code", plain_recovery_code(codes.back()));
        database::execute(write, add, bind("member", member), bind("code_hash", hash));
    }
    return codes;
}

constexpr Sql left = R"(
    select count(*) from recovery_codes where member = :member and used_at is null)";

std::int64_t recovery_codes_left(database::Read& read, Viewer const& viewer) {
    return database::number(read, left, bind("member", viewer.member));
}

constexpr Sql use = R"(
    update recovery_codes set used_at = :now
    where code_hash = :code_hash and used_at is null
      and member in (select id from members where state in ('active', 'erasing'))
    returning member)";

std::optional<Id<Member>> use_recovery_code(web::Site& site, database::Write& write,
                                            std::string_view typed) {
    auto const hash = site.seal.hash("recovery code", plain_recovery_code(typed));
    return database::maybe<Id<Member>>(write, use, bind("now", site.now()),
                                       bind("code_hash", hash));
}

constexpr Sql began_after_recovery = R"(
    select count(*) from sessions s join sign_in_events e on e.member = s.member
    where s.id = :session and s.member = :member and e.kind = :used and e.at > :since
      and (e.session = s.id or s.started_at >= e.at))";

bool recovery_delays(database::Read& read, Viewer const& viewer, Id<web::SignInSession> session,
                     Time now) {
    return database::number(read, began_after_recovery, bind("session", session),
                            bind("member", viewer.member),
                            bind("used", SignInEvent::recovery_code_used),
                            bind("since", now - limits::recovery_delay)) > 0;
}

constexpr Sql forget = "delete from recovery_codes where member = :member";

void forget_recovery_codes(database::Write& write, Id<Member> member) {
    database::execute(write, forget, bind("member", member));
}

}  // namespace kith::members
