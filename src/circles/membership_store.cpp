#include "circles/membership_store.hpp"

#include "base/limits.hpp"

namespace kith::circles {

using database::bind;
using database::Sql;

// Among the members of a small circle a name leads to nobody's page: for two who are apart it would
// have to end, and that would tell.
constexpr Sql people{{.sqlite = R"(
    select n.member, m.public_id, m.name, m.role,
           case when m.avatar is null then 0 else 1 end,
           case when n.member = :viewer
                     or ((:small = 0 or :belongs = 0)
                         and (m.listed = 1 or m.author = 1 or m.role <> 'member'))
                then 1 else 0 end,
           n.keeper, n.joined_at,
           coalesce((select group_concat(t.word, ', ') from member_tags t
                     join member_sharing h on h.member = t.member and h.shown = 1
                     where t.member = n.member), '')
    from circle_members n join members m on m.id = n.member
    where n.circle = :circle and m.state = 'active'
      and (:belongs = 1 or n.keeper = 1) and (:keepers = 0 or n.keeper = 1)
      and ((:small = 1 and :belongs = 1)
           or not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other = n.member))
      and (:after = 0
           or (1 - n.keeper, n.joined_at, n.id) >
              (select 1 - a.keeper, a.joined_at, a.id from circle_members a
               where a.circle = :circle and a.member = :after))
      and (:member = '' or m.public_id = :member)
    order by 1 - n.keeper, n.joined_at, n.id limit :at_most)",
                      .postgres = R"(
    select n.member, m.public_id, m.name, m.role,
           case when m.avatar is null then 0 else 1 end,
           case when n.member = :viewer
                     or ((:small = 0 or :belongs = 0)
                         and (m.listed = 1 or m.author = 1 or m.role <> 'member'))
                then 1 else 0 end,
           n.keeper, n.joined_at,
           coalesce((select string_agg(t.word, ', ' order by t.id) from member_tags t
                     join member_sharing h on h.member = t.member and h.shown = 1
                     where t.member = n.member), '')
    from circle_members n join members m on m.id = n.member
    where n.circle = :circle and m.state = 'active'
      and (:belongs = 1 or n.keeper = 1) and (:keepers = 0 or n.keeper = 1)
      and ((:small = 1 and :belongs = 1)
           or not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other = n.member))
      and (:after = 0
           or (1 - n.keeper, n.joined_at, n.id) >
              (select 1 - a.keeper, a.joined_at, a.id from circle_members a
               where a.circle = :circle and a.member = :after))
      and (:member = '' or m.public_id = :member)
    order by 1 - n.keeper, n.joined_at, n.id limit :at_most)"}};

namespace {

std::vector<PersonRow> some_people(database::Read& read, Viewer const& viewer,
                                   CircleRow const& circle, bool keepers, Id<Member> after,
                                   std::string_view member, std::size_t at_most) {
    return database::rows<PersonRow>(
        read, people, bind("circle", circle.id), bind("viewer", viewer.member),
        bind("belongs", circle.member || viewer.is_server()), bind("small", circle.small),
        bind("keepers", keepers), bind("after", after), bind("member", member),
        bind("at_most", at_most));
}

}  // namespace

std::vector<PersonRow> people_of(database::Read& read, Viewer const& viewer,
                                 CircleRow const& circle, Id<Member> after, std::size_t at_most) {
    return some_people(read, viewer, circle, false, after, "", at_most);
}

std::vector<PersonRow> keepers_of(database::Read& read, Viewer const& viewer,
                                  CircleRow const& circle) {
    return some_people(read, viewer, circle, true, {}, "", limits::page_items);
}

std::optional<PersonRow> person_in(database::Read& read, Viewer const& viewer,
                                   CircleRow const& circle, PublicId const& member) {
    auto found = some_people(read, viewer, circle, false, {}, member.text(), 1);
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

constexpr Sql distant_reader = R"(
    select case when exists (select 1 from distances d
                             join circle_members n on n.member = d.other
                             where d.member = :viewer and n.circle = :circle)
                then 1 else 0 end)";

bool read_by_distant(database::Read& read, Viewer const& viewer, CircleRow const& circle) {
    return database::scalar<bool>(read, distant_reader, bind("viewer", viewer.member),
                                  bind("circle", circle.id)) &&
           circle.small;
}

constexpr Sql count_in = R"(
    select count(*) from circle_members where circle = :circle and :viewer = -1)";
constexpr Sql count_of = "select count(*) from circle_members where member = :viewer";

std::int64_t count_members(database::Read& read, Viewer const& viewer, Id<Circle> circle) {
    return database::number(read, count_in, bind("circle", circle), bind("viewer", viewer.member));
}

constexpr Sql everybody = R"(
    select n.member from circle_members n join members m on m.id = n.member
    where n.circle = :circle and m.state = 'active' and :viewer = -1 order by n.id)";

std::vector<Id<Member>> everybody_in(database::Read& read, Viewer const& viewer,
                                     Id<Circle> circle) {
    return database::rows<Id<Member>>(read, everybody, bind("circle", circle),
                                      bind("viewer", viewer.member));
}

std::int64_t count_circles(database::Read& read, Viewer const& viewer) {
    return database::number(read, count_of, bind("viewer", viewer.member));
}

constexpr Sql insert = R"(
    insert into circle_members (circle, member, keeper, joined_at, agreed_version)
    values (:circle, :member, :keeper, :at, :agreed_version)
    on conflict (circle, member) do nothing)";

void insert_member(database::Write& write, Id<Circle> circle, Id<Member> member, bool keeper,
                   std::int64_t agreed_version, Time at) {
    database::execute(write, insert, bind("circle", circle), bind("member", member),
                      bind("keeper", keeper), bind("at", at),
                      bind("agreed_version", agreed_version));
}

constexpr Sql drop = "delete from circle_members where circle = :circle and member = :member";
constexpr Sql drop_positions = R"(
    delete from conversation_positions
    where member = :member and conversation in (select v.id from conversations v
                                                where v.circle = :circle))";

void delete_member(database::Write& write, Id<Circle> circle, Id<Member> member) {
    database::execute(write, drop, bind("circle", circle), bind("member", member));
    database::execute(write, drop_positions, bind("circle", circle), bind("member", member));
}

constexpr Sql change_keeper = R"(
    update circle_members set keeper = :keeper where circle = :circle and member = :member)";

void set_keeper(database::Write& write, Id<Circle> circle, Id<Member> member, bool keeper) {
    database::execute(write, change_keeper, bind("keeper", keeper), bind("circle", circle),
                      bind("member", member));
}

constexpr Sql change_agreed = R"(
    update circle_members set agreed_version = :version
    where circle = :circle and member = :member)";

void set_agreed(database::Write& write, Id<Circle> circle, Id<Member> member,
                std::int64_t version) {
    database::execute(write, change_agreed, bind("version", version), bind("circle", circle),
                      bind("member", member));
}

namespace {

struct LeavingRow {
    std::int64_t others = 0;
    std::int64_t other_keepers = 0;
    std::int64_t who_may_keep = 0;
};
BOOST_DESCRIBE_STRUCT(LeavingRow, (), (others, other_keepers, who_may_keep))

}  // namespace

constexpr Sql leaving = R"(
    select count(*),
           coalesce(sum(case when n.keeper = 1 and (c.kind <> 'therapy' or m.role <> 'member')
                             then 1 else 0 end), 0),
           coalesce(sum(case when m.state = 'active' and (c.kind <> 'therapy' or m.role <> 'member')
                             then 1 else 0 end), 0)
    from circle_members n
    join circles c on c.id = n.circle
    join members m on m.id = n.member
    where n.circle = :circle and n.member <> :viewer
      and (c.small = 1 or :in_truth = 1
           or not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other = n.member)))";

After after_leaving(database::Read& read, Viewer const& viewer, Id<Circle> circle, Known known) {
    auto const row = database::one<LeavingRow>(read, leaving, bind("circle", circle),
                                               bind("viewer", viewer.member),
                                               bind("in_truth", known == Known::in_truth));
    if (row.others == 0) return After::nobody_left;
    if (row.other_keepers > 0) return After::others_keep;
    return row.who_may_keep > 0 ? After::longest_standing : After::nobody_can;
}

constexpr Sql give = R"(
    update circle_members set keeper = 1
    where id = (select n.id from circle_members n
                join circles c on c.id = n.circle
                join members m on m.id = n.member
                where n.circle = :circle and m.state = 'active'
                  and (c.kind <> 'therapy' or m.role <> 'member')
                order by n.joined_at, n.id limit 1))";

bool give_to_longest_standing(database::Write& write, Id<Circle> circle) {
    return database::execute(write, give, bind("circle", circle)) == 1;
}

constexpr Sql removals = R"(
    select x.public_id, c.name, x.reason, x.removed_at
    from circle_removals x join circles c on c.id = x.circle
    where x.member = :viewer and x.put_away = 0
    order by x.removed_at desc, x.id desc limit :at_most)";

std::vector<RemovalRow> removals_of(database::Read& read, Viewer const& viewer) {
    return database::rows<RemovalRow>(read, removals, bind("viewer", viewer.member),
                                      bind("at_most", limits::circle_removals_listed_max));
}

constexpr Sql add_removal = R"(
    insert into circle_removals (public_id, circle, member, reason, removed_at, put_away, lifted)
    values (:public_id, :circle, :member, :reason, :at, 0, 0))";

void insert_removal(database::Write& write, PublicId const& id, Id<Circle> circle,
                    Id<Member> member, std::string_view reason, Time at) {
    database::execute(write, add_removal, bind("public_id", id), bind("circle", circle),
                      bind("member", member), bind("reason", reason), bind("at", at));
}

constexpr Sql put_away = R"(
    update circle_removals set put_away = 1
    where public_id = :removal and member = :member and put_away = 0)";

bool put_removal_away(database::Write& write, Id<Member> member, PublicId const& removal) {
    return database::execute(write, put_away, bind("removal", removal), bind("member", member)) ==
           1;
}

constexpr Sql lift = R"(
    update circle_removals set lifted = 1 where circle = :circle and member = :member)";

void lift_removals(database::Write& write, Id<Circle> circle, Id<Member> member) {
    database::execute(write, lift, bind("circle", circle), bind("member", member));
}

}  // namespace kith::circles
