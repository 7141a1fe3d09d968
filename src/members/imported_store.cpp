#include "members/imported.hpp"

namespace kith::members {

using database::bind;
using database::Sql;

constexpr Sql imported = R"(
    select m.id, m.state, m.agreement_version,
           case when m.password_hash is null then 0 else 1 end
    from imported_members i join members m on m.id = i.member
    where i.origin = :origin and :sees_all = 1)";

std::optional<KnownMember> find_imported(database::Read& read, Viewer const& viewer,
                                         std::string_view origin) {
    return database::maybe<KnownMember>(read, imported, bind("origin", origin),
                                        bind("sees_all", viewer.is_server()));
}

constexpr Sql note = "insert into imported_members (origin, member) values (:origin, :member)";

void note_imported(database::Write& write, std::string_view origin, Id<Member> member) {
    database::execute(write, note, bind("origin", origin), bind("member", member));
}

constexpr Sql named = R"(
    select id, state, agreement_version, case when password_hash is null then 0 else 1 end
    from members where lower(name) = lower(:name) and name = :name and state = 'active'
        and :sees_all = 1
    order by id limit 2)";

std::vector<KnownMember> members_named(database::Read& read, Viewer const& viewer,
                                       std::string_view name) {
    return database::rows<KnownMember>(read, named, bind("name", name),
                                       bind("sees_all", viewer.is_server()));
}

}  // namespace kith::members
