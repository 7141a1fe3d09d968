#include "bonds/wishes_store.hpp"

#include "bonds/step_number.hpp"

namespace kith::bonds {
namespace {

using database::bind;
using database::execute;
using database::Sql;

constexpr Sql own_rest = "select since, until from rests where member = :viewer and :viewer > 0";
constexpr Sql rest = R"(
    insert into rests (member, since, until) values (:viewer, :now, :until)
    on conflict (member) do update set until = excluded.until)";
constexpr Sql wake = "delete from rests where member = :viewer";
constexpr Sql wake_due = "delete from rests where until is not null and until <= :now";

constexpr Sql own_dial = "select dial from openness where member = :viewer and :viewer > 0";
constexpr Sql keep_dial = R"(
    insert into openness (member, dial) values (:viewer, :dial)
    on conflict (member) do update set dial = excluded.dial)";

constexpr Sql keep_pace = R"(
    insert into paces (member, delivery, unsend_minutes) values (:viewer, :delivery, :minutes)
    on conflict (member) do update set delivery = excluded.delivery,
        unsend_minutes = excluded.unsend_minutes)";

constexpr Sql ceiling = "select step from bond_ceiling where id = 1";
constexpr Sql keep_ceiling = "update bond_ceiling set step = :step where id = 1";

constexpr Sql own_small_steps =
    "select turn, quiet_until from small_steps where member = :viewer and :viewer > 0";
constexpr Sql switch_on = R"(
    insert into small_steps (member, turn, quiet_until) values (:viewer, 0, :now)
    on conflict (member) do nothing)";
constexpr Sql switch_off = "delete from small_steps where member = :viewer";
constexpr Sql turn = R"(
    update small_steps set turn = turn + 1, quiet_until = :quiet_until where member = :viewer)";

}  // namespace

std::optional<RestRow> rest_of(database::Read& read, Viewer const& viewer) {
    return database::maybe<RestRow>(read, own_rest, bind("viewer", viewer.member));
}

void begin_rest(database::Write& write, Viewer const& viewer, Time now, std::optional<Time> until) {
    execute(write, rest, bind("viewer", viewer.member), bind("now", now), bind("until", until));
}

void end_rest(database::Write& write, Viewer const& viewer) {
    execute(write, wake, bind("viewer", viewer.member));
}

void end_due_rests(database::Write& write, Time now) { execute(write, wake_due, bind("now", now)); }

Openness dial_of(database::Read& read, Viewer const& viewer) {
    return database::maybe<Openness>(read, own_dial, bind("viewer", viewer.member))
        .value_or(Openness::circles);
}

void set_dial(database::Write& write, Viewer const& viewer, Openness dial) {
    execute(write, keep_dial, bind("viewer", viewer.member), bind("dial", dial));
}

void set_pace(database::Write& write, Viewer const& viewer, Pace const& pace) {
    execute(write, keep_pace, bind("viewer", viewer.member), bind("delivery", pace.delivery),
            bind("minutes", pace.unsend_minutes));
}

Step ceiling_of(database::Read& read) { return step_of(database::number(read, ceiling)); }

void set_ceiling(database::Write& write, Step step) {
    execute(write, keep_ceiling, bind("step", number_of(step)));
}

std::optional<SmallStepRow> small_steps_of(database::Read& read, Viewer const& viewer) {
    return database::maybe<SmallStepRow>(read, own_small_steps, bind("viewer", viewer.member));
}

void switch_small_steps_on(database::Write& write, Viewer const& viewer, Time now) {
    execute(write, switch_on, bind("viewer", viewer.member), bind("now", now));
}

void switch_small_steps_off(database::Write& write, Viewer const& viewer) {
    execute(write, switch_off, bind("viewer", viewer.member));
}

void turn_small_step(database::Write& write, Viewer const& viewer, Time quiet_until) {
    execute(write, turn, bind("viewer", viewer.member), bind("quiet_until", quiet_until));
}

}  // namespace kith::bonds
