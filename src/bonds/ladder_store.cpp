#include "bonds/ladder_store.hpp"

#include "bonds/limits.hpp"
#include "bonds/step_number.hpp"

namespace kith::bonds {
namespace {

using database::bind;
using database::execute;
using database::maybe;
using database::Sql;

/// open until it fades; ignored by the other, who alone knows; taken back by who made it.
enum class OfferState { open, ignored, taken_back };
BOOST_DESCRIBE_ENUM(OfferState, open, ignored, taken_back)

struct OwnRow {
    Id<Member> member;
    std::optional<std::int64_t> given;
    std::optional<Time> since;
    std::optional<std::int64_t> offered;
    std::optional<OfferState> offer_state;
    std::optional<Time> offered_at;
    std::string known_as;
};
BOOST_DESCRIBE_STRUCT(OwnRow, (),
                      (member, given, since, offered, offer_state, offered_at, known_as))

constexpr Sql own_side = R"(
    select o.id, b.step, b.since, f.step, f.state, f.offered_at,
           coalesce(nullif(b.name, ''), f.name, '')
    from members o
    left join bonds b on b.member = :viewer and b.other = o.id
    left join bond_offers f on f.member = :viewer and f.other = o.id
    where o.public_id = :id and o.id <> :viewer and :viewer > 0)";

struct ReceivedRow {
    std::int64_t step = 0;
    Time at{};
    std::string name;
};
BOOST_DESCRIBE_STRUCT(ReceivedRow, (), (step, at, name))

constexpr Sql received = R"(
    select f.step, f.offered_at, o.name
    from bond_offers f join members o on o.id = f.member and o.state = 'active'
    where f.member = :other and f.other = :viewer and f.state = 'open' and f.offered_at > :since
      and not exists (select 1 from separations s
                      where s.viewer = f.other and s.other = f.member))";

constexpr Sql count_offers =
    "select count(*) from offers_made where member = :viewer and made_at > :since";
constexpr Sql note_made = "insert into offers_made (member, made_at) values (:viewer, :now)";
constexpr Sql forget_made = "delete from offers_made where made_at <= :before";

constexpr Sql offer = R"(
    insert into bond_offers (member, other, step, state, offered_at, name)
    values (:viewer, :other, :step,
            case when exists (select 1 from separations s
                              where s.viewer = :viewer and s.other = :other)
                 then 'ignored' else 'open' end, :now, :name)
    on conflict (member, other) do update set step = excluded.step, state = excluded.state,
        offered_at = excluded.offered_at, name = excluded.name)";
constexpr Sql take_back = R"(
    update bond_offers set state = 'taken_back' where member = :viewer and other = :other)";
constexpr Sql ignore = R"(
    update bond_offers set state = 'ignored'
    where member = :other and other = :viewer and state = 'open')";

constexpr Sql give = R"(
    insert into bonds (member, other, step, since, name)
    values (:viewer, :other, :step, :now, :name)
    on conflict (member, other) do update set step = excluded.step, since = excluded.since,
        name = excluded.name where bonds.step < excluded.step)";
// What was offered is given by who offered it, who knew the other as they did then.
constexpr Sql give_offered = R"(
    insert into bonds (member, other, step, since, name)
    select f.member, f.other, f.step, cast(:now as bigint), f.name from bond_offers f
    where f.member = :other and f.other = :viewer
    on conflict (member, other) do update set step = excluded.step, since = excluded.since,
        name = excluded.name where bonds.step < excluded.step)";
constexpr Sql drop_offers = R"(
    delete from bond_offers where (member = :viewer and other = :other)
                               or (member = :other and other = :viewer))";

constexpr Sql give_less = R"(
    update bonds set step = :step, since = :now
    where member = :viewer and other = :other and step > :step)";
constexpr Sql give_nothing = R"(
    delete from bonds where member = :viewer and other = :other and :step < 2)";
constexpr Sql drop_consents = R"(
    delete from bond_consents where member = :viewer and other = :other
        and ((kind in ('care', 'receipts') and :step < 4) or (kind = 'contact' and :step < 5)))";

constexpr Sql forget = "delete from bond_offers where offered_at <= :before";

constexpr Sql some = R"(
    select public_id from members where :sees_all = 1 order by id limit :at_most)";

}  // namespace

std::optional<Other> find_other(database::Read& read, Viewer const& viewer, PublicId const& id) {
    auto row = maybe<OwnRow>(read, own_side, bind("viewer", viewer.member), bind("id", id));
    if (!row) return std::nullopt;
    auto const pair = find_pair(read, viewer, row->member);
    Other other;
    other.member = row->member;
    other.own.given = step_of(row->given.value_or(0));
    if (row->since) other.own.since = *row->since;
    if (row->offered)
        other.own.offered = {step_of(*row->offered), row->offer_state == OfferState::taken_back,
                             *row->offered_at};
    other.own.dial = pair.dial;
    other.own.ceiling = pair.ceiling;
    other.between = least_step(pair);
    other.known_as = std::move(row->known_as);
    return other;
}

std::optional<ReceivedOffer> received_offer(database::Read& read, Viewer const& viewer,
                                            Other const& other, Time now) {
    auto row =
        maybe<ReceivedRow>(read, received, bind("viewer", viewer.member),
                           bind("other", other.member), bind("since", now - limits::offer_time));
    if (!row || !is_for_me(other.own, other.between, step_of(row->step))) return std::nullopt;
    return ReceivedOffer{step_of(row->step), row->at, std::move(row->name)};
}

std::int64_t offers_since(database::Read& read, Viewer const& viewer, Time since) {
    return database::number(read, count_offers, bind("viewer", viewer.member),
                            bind("since", since));
}

void make_offer(database::Write& write, Viewer const& viewer, Id<Member> other, Step step,
                std::string_view name, Time now) {
    execute(write, offer, bind("viewer", viewer.member), bind("other", other),
            bind("step", number_of(step)), bind("now", now), bind("name", name));
    execute(write, note_made, bind("viewer", viewer.member), bind("now", now));
}

void take_offer_back(database::Write& write, Viewer const& viewer, Id<Member> other) {
    execute(write, take_back, bind("viewer", viewer.member), bind("other", other));
}

void ignore_offer(database::Write& write, Viewer const& viewer, Id<Member> other) {
    execute(write, ignore, bind("viewer", viewer.member), bind("other", other));
}

void accept_offer(database::Write& write, Viewer const& viewer, Id<Member> other, Step step,
                  std::string_view name, Time now) {
    execute(write, give, bind("viewer", viewer.member), bind("other", other),
            bind("step", number_of(step)), bind("now", now), bind("name", name));
    execute(write, give_offered, bind("viewer", viewer.member), bind("other", other),
            bind("now", now));
    execute(write, drop_offers, bind("viewer", viewer.member), bind("other", other));
}

void step_back(database::Write& write, Viewer const& viewer, Id<Member> other, Step step,
               Time now) {
    execute(write, give_less, bind("viewer", viewer.member), bind("other", other),
            bind("step", number_of(step)), bind("now", now));
    for (auto const& sql : {give_nothing, drop_consents})
        execute(write, sql, bind("viewer", viewer.member), bind("other", other),
                bind("step", number_of(step)));
    take_offer_back(write, viewer, other);
    ignore_offer(write, viewer, other);
}

void forget_offers(database::Write& write, Time before) {
    for (auto const& sql : {forget, forget_made}) execute(write, sql, bind("before", before));
}

std::vector<PublicId> some_members(database::Read& read, Viewer const& viewer) {
    return database::rows<PublicId>(read, some, bind("sees_all", viewer.is_server()),
                                    bind("at_most", limits::probed_members_max));
}

}  // namespace kith::bonds
