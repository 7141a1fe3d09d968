#pragma once

#include <vector>

#include "circles/circles_store.hpp"
#include "web/notice.hpp"

namespace kith::circles {

/// What this room tells members of. Leaving, ignoring and "not now" are told nobody.
[[nodiscard]] std::vector<web::NoticeKind> circles_notices();

/// Tells those who keep the circle that somebody asks to come in; takes it back once they don't
/// any more, or were answered.
void tell_of_asking(web::Site& site, database::Write& write, CircleRow const& circle,
                    Id<Member> asking);
void untell_asking(web::Site& site, database::Write& write, PublicId const& circle,
                   Id<Member> asking);
/// Whoever keeps the circle no longer isn't asked to answer there.
void forget_keeping(web::Site& site, database::Write& write, PublicId const& circle,
                    Id<Member> member);

/// Tells who asked that `keeper` has let them in.
void tell_let_in(web::Site& site, database::Write& write, CircleRow const& circle,
                 Id<Member> member, Id<Member> keeper);

/// An invitation by name that reaches its member.
struct Invited {
    PublicId invitation;
    Id<Member> member;
    Id<Member> by;
};
/// Tells them, unless they are in the circle already.
void tell_invited(web::Site& site, database::Write& write, CircleRow const& circle,
                  Invited const& invited);
void untell_invited(web::Site& site, database::Write& write, PublicId const& invitation);
/// Whoever has answered isn't asked any more.
void forget_invitations(web::Site& site, database::Write& write, PublicId const& circle,
                        Id<Member> member);

/// Tells a member that they were taken out, where the reason waits for them.
void tell_removed(web::Site& site, database::Write& write, CircleRow const& circle,
                  Id<Member> member, PublicId const& removal);
void untell_removed(web::Site& site, database::Write& write, PublicId const& removal);

/// Tells everybody in the circle but `by` that it is closed.
void tell_of_closing(web::Site& site, database::Write& write, NamedCircle const& circle,
                     Id<Member> by = {});
/// Tells everybody in the circle but `by` that its agreement reads otherwise now.
void tell_of_agreement(web::Site& site, database::Write& write, NamedCircle const& circle,
                       Id<Member> by);

/// Tells everybody in the circle but its author that a conversation has begun; takes it back.
void tell_of_beginning(web::Site& site, database::Write& write, NamedCircle const& circle,
                       Id<Member> author, PublicId const& conversation);
void untell_beginning(web::Site& site, database::Write& write, PublicId const& conversation);

}  // namespace kith::circles
