#include "members/invitations_store.hpp"

#include "base/limits.hpp"

namespace kith::members {

using database::bind;
using database::Sql;

constexpr Sql made_by = R"(
    select public_id, note, made_at, expires_at, used_at, withdrawn_at
    from invitations where made_by = :member order by made_at desc, id desc limit :at_most)";

std::vector<InvitationRow> invitations_by(database::Read& read, Viewer const& viewer) {
    return database::rows<InvitationRow>(read, made_by, bind("member", viewer.member),
                                         bind("at_most", limits::invitations_listed_max));
}

constexpr Sql count_open = R"(
    select count(*) from invitations
    where made_by = :member and used_at is null and withdrawn_at is null and expires_at > :now)";

std::int64_t open_invitations(database::Read& read, Viewer const& viewer, Time now) {
    return database::number(read, count_open, bind("member", viewer.member), bind("now", now));
}

constexpr Sql withdraw = R"(
    update invitations set withdrawn_at = :now
    where public_id = :invitation and made_by = :member and used_at is null
      and withdrawn_at is null)";

bool withdraw_invitation(database::Write& write, Id<Member> member, PublicId const& invitation,
                         Time now) {
    return database::execute(write, withdraw, bind("now", now), bind("invitation", invitation),
                             bind("member", member)) == 1;
}

constexpr Sql forget_used = R"(
    update invitations set used_by = null, note = '' where used_by = :member)";

void forget_invitation_of(database::Write& write, Id<Member> member) {
    database::execute(write, forget_used, bind("member", member));
}

}  // namespace kith::members
