#include "bonds/bonds.hpp"
#include "bonds/ladder_store.hpp"
#include "bonds/limits.hpp"
#include "bonds/step_number.hpp"

namespace kith::bonds {
namespace {

using database::bind;
using database::joined;
using database::Sql;

// Of the viewer v and another o, with the ceiling c: all that decides about the two. The same is
// asked whoever hides what, and nobody is shown why it is as it is.
constexpr char pair_columns[] = R"(
    coalesce((select b.step from bonds b where b.member = v.id and b.other = o.id), 0),
    coalesce((select b.step from bonds b where b.member = o.id and b.other = v.id), 0),
    case when exists (select 1 from rests r where r.member = v.id) then 'resting'
         else coalesce((select p.dial from openness p where p.member = v.id), 'circles') end,
    case when exists (select 1 from rests r where r.member = o.id) then 'resting'
         else coalesce((select p.dial from openness p where p.member = o.id), 'circles') end,
    c.step,
    case when exists (select 1 from separations s where s.viewer = v.id and s.other = o.id)
         then 1 else 0 end,
    case when v.state = 'active' and o.state = 'active' then 1 else 0 end,
    case when exists (select 1 from circle_companions k where k.viewer = v.id and k.other = o.id)
         then 1 else 0 end,
    case when exists (select 1 from circle_companions k
                      where k.viewer = v.id and k.other = o.id and k.small = 1)
         then 1 else 0 end)";

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

    [[nodiscard]] Pair pair() const {
        return {step_of(given), step_of(received), dial,
                other_dial,     step_of(ceiling),  apart,
                usable,         share_circle,      share_small_circle};
    }
};
BOOST_DESCRIBE_STRUCT(PairRow, (),
                      (given, received, dial, other_dial, ceiling, apart, usable, share_circle,
                       share_small_circle))

constexpr auto pair_text = joined("select", pair_columns, R"(
    from members v cross join members o cross join bond_ceiling c
    where v.id = :viewer and o.id = :other and v.id <> o.id and c.id = 1)");
constexpr Sql pair_of = pair_text.text;

/// A line of a list, with its pair.
struct LineRow {
    std::int64_t given = 0;
    std::int64_t received = 0;
    Openness dial = Openness::circles;
    Openness other_dial = Openness::circles;
    std::int64_t ceiling = 0;
    bool apart = false;
    bool usable = false;
    bool share_circle = false;
    bool share_small_circle = false;
    PublicId id;
    std::string name;
    std::string known_as;
    std::int64_t step = 0;
    Time at{};

    [[nodiscard]] Pair pair() const {
        return PairRow{given, received, dial,         other_dial,        ceiling,
                       apart, usable,   share_circle, share_small_circle}
            .pair();
    }
};
BOOST_DESCRIBE_STRUCT(LineRow, (),
                      (given, received, dial, other_dial, ceiling, apart, usable, share_circle,
                       share_small_circle, id, name, known_as, step, at))

constexpr auto given_text = joined("select", pair_columns, R"(,
    o.public_id, o.name, x.name, x.step, x.since
    from bonds x join members v on v.id = x.member join members o on o.id = x.other
    cross join bond_ceiling c
    where x.member = :viewer and c.id = 1 order by lower(x.name), x.other limit :at_most)");
constexpr Sql given_by = given_text.text;

constexpr auto received_text = joined("select", pair_columns, R"(,
    o.public_id, o.name, x.name, x.step, x.offered_at
    from bond_offers x join members v on v.id = x.other
    join members o on o.id = x.member and o.state = 'active'
    cross join bond_ceiling c
    where x.other = :viewer and c.id = 1 and x.state = 'open' and x.offered_at > :since
      and not exists (select 1 from separations s where s.viewer = v.id and s.other = o.id)
    order by x.offered_at desc, x.member desc limit :at_most)");
constexpr Sql received_by = received_text.text;

// Whether the other left an offer alone is theirs to know: it stands here as long as any.
constexpr auto offered_text = joined("select", pair_columns, R"(,
    o.public_id, o.name, x.name, x.step, x.offered_at
    from bond_offers x join members v on v.id = x.member join members o on o.id = x.other
    cross join bond_ceiling c
    where x.member = :viewer and c.id = 1 and x.state <> 'taken_back' and x.offered_at > :since
    order by x.offered_at desc, x.other desc limit :at_most)");
constexpr Sql offered_by = offered_text.text;

}  // namespace

Pair find_pair(database::Read& read, Viewer const& viewer, Id<Member> other) {
    auto const row = database::maybe<PairRow>(read, pair_of, bind("viewer", viewer.member),
                                              bind("other", other));
    if (row) return row->pair();
    Pair nobody;
    nobody.usable = false;
    return nobody;
}

std::vector<BondLine> bonds_of(database::Read& read, Viewer const& viewer) {
    std::vector<BondLine> lines;
    for (auto& row : database::rows<LineRow>(read, given_by, bind("viewer", viewer.member),
                                             bind("at_most", limits::bonds_shown_max))) {
        auto const step = least_step(row.pair());
        // What they are called now is told where something is open; else what was known.
        lines.push_back(
            {row.id, std::move(step >= Step::hello ? row.name : row.known_as), step, row.at});
    }
    return lines;
}

std::vector<BondLine> steps_given(database::Read& read, Viewer const& viewer) {
    std::vector<BondLine> lines;
    for (auto& row : database::rows<LineRow>(read, given_by, bind("viewer", viewer.member),
                                             bind("at_most", limits::bonds_exported_max)))
        lines.push_back({row.id, std::move(row.known_as), step_of(row.step), row.at});
    return lines;
}

std::vector<BondLine> offers_to(database::Read& read, Viewer const& viewer, Time now) {
    std::vector<BondLine> lines;
    for (auto& row : database::rows<LineRow>(read, received_by, bind("viewer", viewer.member),
                                             bind("since", now - limits::offer_time),
                                             bind("at_most", limits::offers_shown_max))) {
        auto const pair = row.pair();
        OwnSide own;
        own.dial = pair.dial;
        own.ceiling = pair.ceiling;
        if (is_for_me(own, least_step(pair), step_of(row.step)))
            lines.push_back({row.id, std::move(row.name), step_of(row.step), row.at});
    }
    return lines;
}

std::vector<BondLine> offers_by(database::Read& read, Viewer const& viewer, Time now) {
    std::vector<BondLine> lines;
    for (auto& row : database::rows<LineRow>(read, offered_by, bind("viewer", viewer.member),
                                             bind("since", now - limits::offer_time),
                                             bind("at_most", limits::offers_shown_max))) {
        auto const open = least_step(row.pair()) >= Step::hello;
        lines.push_back(
            {row.id, std::move(open ? row.name : row.known_as), step_of(row.step), row.at});
    }
    return lines;
}

}  // namespace kith::bonds
