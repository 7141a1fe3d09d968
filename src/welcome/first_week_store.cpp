#include "welcome/first_week_store.hpp"

namespace kith::welcome {

using database::bind;
using database::execute;
using database::rows;
using database::Sql;

constexpr Sql done = R"(
    select m.joined_at,
           case when m.avatar is not null or m.about <> '' then 1 else 0 end,
           case when exists (select 1 from introductions i where i.member = m.id)
                then 1 else 0 end,
           case when exists (select 1 from talk_group_members g where g.member = m.id)
                then 1 else 0 end,
           case when exists (select 1 from notice_settings n where n.member = m.id)
                     or exists (select 1 from notice_ways y where y.member = m.id)
                then 1 else 0 end
    from members m where m.id = :viewer)";

FirstWeekRow first_week_of(database::Read& read, Viewer const& viewer) {
    return database::one<FirstWeekRow>(read, done, bind("viewer", viewer.member));
}

constexpr Sql skips = R"(
    select step, skipped_at from first_week_skips where member = :viewer order by step)";
constexpr Sql skip = R"(
    insert into first_week_skips (member, step, skipped_at) values (:member, :step, :at)
    on conflict do nothing)";
constexpr Sql forget = "delete from first_week_skips where member = :member";
constexpr Sql forget_old = "delete from first_week_skips where skipped_at < :before";

std::vector<SkipRow> skips_of(database::Read& read, Viewer const& viewer) {
    return rows<SkipRow>(read, skips, bind("viewer", viewer.member));
}

void skip_step(database::Write& write, Id<Member> member, std::string_view step, Time at) {
    execute(write, skip, bind("member", member), bind("step", step), bind("at", at));
}

void forget_first_week(database::Write& write, Id<Member> member) {
    execute(write, forget, bind("member", member));
}

void forget_old_skips(database::Write& write, Time before) {
    execute(write, forget_old, bind("before", before));
}

}  // namespace kith::welcome
