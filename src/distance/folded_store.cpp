#include <algorithm>
#include <stdexcept>

#include "base/id_list.hpp"
#include "distance/folded.hpp"

namespace kith::distance {
namespace {

using database::bind;
using database::rows;
using database::Sql;

// Someone may be both: then distance is why.
constexpr Sql people_of_viewer{{.sqlite = R"(
    select f.other, case when max(f.distant) = 1 then 'distant' else 'muted' end
    from (select d.other as other, 1 as distant from distances d
          where d.member = :viewer and d.other in (select value from json_each(:among))
          union all
          select m.other as other, 0 as distant from mutes m
          where m.member = :viewer and m.other in (select value from json_each(:among))) f
    group by f.other order by f.other)",
                                .postgres = R"(
    select f.other, case when max(f.distant) = 1 then 'distant' else 'muted' end
    from (select d.other as other, 1 as distant from distances d
          where d.member = :viewer and d.other in
              (select cast(x.value as bigint)
               from json_array_elements_text(cast(:among as json)) x)
          union all
          select m.other as other, 0 as distant from mutes m
          where m.member = :viewer and m.other in
              (select cast(x.value as bigint)
               from json_array_elements_text(cast(:among as json)) x)) f
    group by f.other order by f.other)"}};

constexpr Sql people_of_author = R"(
    select f.member, case when max(f.distant) = 1 then 'distant' else 'muted' end
    from (select d.member as member, 1 as distant from distances d where d.other = :author
          union all
          select m.member as member, 0 as distant from mutes m where m.other = :author) f
    group by f.member order by f.member)";

}  // namespace

Folded FoldedPeople::why(std::optional<Id<Member>> const& member) const {
    if (!member) return Folded::no;
    auto const found = std::ranges::lower_bound(people_, *member, {}, &FoldedPerson::member);
    return found != people_.end() && found->member == *member ? found->why : Folded::no;
}

FoldedPeople folded_people(database::Read& read, Viewer const& viewer,
                           std::vector<Id<Member>> const& among) {
    return FoldedPeople(rows<FoldedPerson>(read, people_of_viewer, bind("viewer", viewer.member),
                                           bind("among", id_list(among))));
}

FoldedPeople folded_by(database::Read& read, Viewer const& viewer,
                       std::optional<Id<Member>> const& author) {
    if (!viewer.is_server()) throw std::logic_error("who folds whose words is theirs alone");
    return FoldedPeople(
        rows<FoldedPerson>(read, people_of_author, bind("author", author.value_or(Id<Member>{}))));
}

}  // namespace kith::distance
