#include <stdexcept>

#include "bonds/bonds.hpp"

namespace kith::bonds {
namespace {

using database::bind;
using database::Sql;

struct PairRow {
    std::int64_t given = 0;
    std::int64_t received = 0;
    Openness dial = Openness::circles;
    Openness other_dial = Openness::circles;
    std::int64_t ceiling = 0;
    bool apart = false;
    bool usable = false;
    bool share_circle = false;
    bool share_small_circle = false;
};
BOOST_DESCRIBE_STRUCT(PairRow, (),
                      (given, received, dial, other_dial, ceiling, apart, usable, share_circle,
                       share_small_circle))

constexpr Sql pair_of = R"(
    select coalesce((select b.step from bonds b
                     where b.member = v.id and b.other = o.id), 0),
           coalesce((select b.step from bonds b
                     where b.member = o.id and b.other = v.id), 0),
           case when exists (select 1 from rests r where r.member = v.id) then 'resting'
                else coalesce((select p.dial from openness p where p.member = v.id), 'circles') end,
           case when exists (select 1 from rests r where r.member = o.id) then 'resting'
                else coalesce((select p.dial from openness p where p.member = o.id), 'circles') end,
           c.step,
           case when exists (select 1 from separations s
                             where s.viewer = v.id and s.other = o.id) then 1 else 0 end,
           case when v.state = 'active' and o.state = 'active' then 1 else 0 end,
           case when exists (select 1 from circle_companions k
                             where k.viewer = v.id and k.other = o.id) then 1 else 0 end,
           case when exists (select 1 from circle_companions k
                             where k.viewer = v.id and k.other = o.id and k.small = 1)
                then 1 else 0 end
    from members v cross join members o cross join bond_ceiling c
    where v.id = :viewer and o.id = :other and v.id <> o.id and c.id = 1)";

Step step_of(std::int64_t number) {
    if (number < 0 || number > static_cast<std::int64_t>(Step::kin))
        throw std::runtime_error("the database holds a step that there isn't");
    return static_cast<Step>(number);
}

}  // namespace

Pair find_pair(database::Read& read, Viewer const& viewer, Id<Member> other) {
    auto const row = database::maybe<PairRow>(read, pair_of, bind("viewer", viewer.member),
                                              bind("other", other));
    Pair pair;
    pair.usable = false;
    if (!row) return pair;
    pair.given = step_of(row->given);
    pair.received = step_of(row->received);
    pair.dial = row->dial;
    pair.other_dial = row->other_dial;
    pair.ceiling = step_of(row->ceiling);
    pair.apart = row->apart;
    pair.usable = row->usable;
    pair.share_circle = row->share_circle;
    pair.share_small_circle = row->share_small_circle;
    return pair;
}

}  // namespace kith::bonds
