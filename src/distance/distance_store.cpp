#include "distance/distance_store.hpp"

#include "distance/limits.hpp"

namespace kith::distance {
namespace {

using database::bind;
using database::execute;
using database::rows;
using database::Sql;

constexpr Sql other_by_id = R"(
    select m.id, case when d.other is null then 0 else 1 end,
           case when u.other is null then 0 else 1 end, coalesce(d.name, u.name, '')
    from members m
    left join distances d on d.member = :viewer and d.other = m.id
    left join mutes u on u.member = :viewer and u.other = m.id
    where m.public_id = :id and m.id <> :viewer and :viewer > 0)";

constexpr Sql count_distances = "select count(*) from distances where member = :member";
constexpr Sql add_distance = R"(
    insert into distances (member, other, name, since) values (:member, :other, :name, :now)
    on conflict (member, other) do nothing)";
constexpr Sql separate = R"(
    insert into separations (viewer, other) values (:member, :other), (:other, :member)
    on conflict (viewer, other) do nothing)";
// Keeping distance steps back as well, and what the other offered stays unseen: when distance is
// taken back, nothing opens by itself.
constexpr Sql drop_given = "delete from bonds where member = :member and other = :other";
constexpr Sql drop_consents = "delete from bond_consents where member = :member and other = :other";
constexpr Sql drop_offered = R"(
    update bond_offers set state = 'taken_back' where member = :member and other = :other)";
constexpr Sql ignore_offered = R"(
    update bond_offers set state = 'ignored'
    where member = :other and other = :member and state = 'open')";
constexpr Sql drop_distance = "delete from distances where member = :member and other = :other";
// What the other keeps is their own: as long as they do, the two stay apart.
constexpr Sql bring_together = R"(
    delete from separations
    where ((viewer = :member and other = :other) or (viewer = :other and other = :member))
      and not exists (select 1 from distances d
                      where (d.member = :member and d.other = :other)
                         or (d.member = :other and d.other = :member)))";

constexpr Sql count_mutes = "select count(*) from mutes where member = :member";
constexpr Sql add_mute = R"(
    insert into mutes (member, other, name, since) values (:member, :other, :name, :now)
    on conflict (member, other) do nothing)";
constexpr Sql drop_mute = "delete from mutes where member = :member and other = :other";

constexpr Sql list_distances = R"(
    select m.public_id, d.name, d.since from distances d join members m on m.id = d.other
    where d.member = :viewer order by d.since desc, d.other desc)";
constexpr Sql list_mutes = R"(
    select m.public_id, u.name, u.since from mutes u join members m on m.id = u.other
    where u.member = :viewer order by u.since desc, u.other desc)";

constexpr Sql listed = R"(
    select case when exists (select 1 from members
                             where id = :viewer and (listed = 1 or role <> 'member'))
                then 1 else 0 end)";

constexpr Sql rooms = R"(
    select r.name, r.url from small_rooms r
    where r.viewer = :viewer and r.other = :other order by lower(r.name), r.url limit :at_most)";

// Of the keepers whom the viewer meets there, those from whom they are not apart.
constexpr Sql keepers = R"(
    select r.url, m.public_id, m.name
    from small_rooms r
    join small_rooms k on k.viewer = :viewer and k.url = r.url and k.other_keeps = 1
    join members m on m.id = k.other
    where r.viewer = :viewer and r.other = :other and k.other <> :other and m.state = 'active'
      and not exists (select 1 from separations s where s.viewer = :viewer and s.other = m.id)
    order by r.url, lower(m.name), m.id limit :at_most)";

constexpr Sql erase_kept = "delete from distances where member = :member or other = :member";
constexpr Sql erase_muted = "delete from mutes where member = :member or other = :member";
constexpr Sql erase_apart = "delete from separations where viewer = :member or other = :member";

constexpr Sql some = R"(
    select public_id from members where :sees_all = 1 order by id limit :at_most)";

}  // namespace

std::optional<OtherRow> find_other(database::Read& read, Viewer const& viewer, PublicId const& id) {
    return database::maybe<OtherRow>(read, other_by_id, bind("viewer", viewer.member),
                                     bind("id", id));
}

bool keep_distance(database::Write& write, Viewer const& viewer, Id<Member> other,
                   std::string_view name, Time now) {
    auto const so_many = database::number(write, count_distances, bind("member", viewer.member));
    if (so_many >= static_cast<std::int64_t>(limits::distances_max)) return false;
    execute(write, add_distance, bind("member", viewer.member), bind("other", other),
            bind("name", name), bind("now", now));
    for (auto const& sql : {separate, drop_given, drop_consents, drop_offered, ignore_offered})
        execute(write, sql, bind("member", viewer.member), bind("other", other));
    return true;
}

void take_distance_back(database::Write& write, Viewer const& viewer, Id<Member> other) {
    execute(write, drop_distance, bind("member", viewer.member), bind("other", other));
    execute(write, bring_together, bind("member", viewer.member), bind("other", other));
}

bool mute(database::Write& write, Viewer const& viewer, Id<Member> other, std::string_view name,
          Time now) {
    auto const so_many = database::number(write, count_mutes, bind("member", viewer.member));
    if (so_many >= static_cast<std::int64_t>(limits::distances_max)) return false;
    execute(write, add_mute, bind("member", viewer.member), bind("other", other),
            bind("name", name), bind("now", now));
    return true;
}

void unmute(database::Write& write, Viewer const& viewer, Id<Member> other) {
    execute(write, drop_mute, bind("member", viewer.member), bind("other", other));
}

std::vector<KeptRow> kept_from(database::Read& read, Viewer const& viewer) {
    return rows<KeptRow>(read, list_distances, bind("viewer", viewer.member));
}

std::vector<KeptRow> muted_by(database::Read& read, Viewer const& viewer) {
    return rows<KeptRow>(read, list_mutes, bind("viewer", viewer.member));
}

bool is_listed(database::Read& read, Viewer const& viewer) {
    return database::scalar<bool>(read, listed, bind("viewer", viewer.member));
}

std::vector<RoomRow> rooms_shared(database::Read& read, Viewer const& viewer, Id<Member> other) {
    return rows<RoomRow>(read, rooms, bind("viewer", viewer.member), bind("other", other),
                         bind("at_most", limits::shared_rooms_max));
}

std::vector<KeeperRow> keepers_to_ask(database::Read& read, Viewer const& viewer,
                                      Id<Member> other) {
    return rows<KeeperRow>(read, keepers, bind("viewer", viewer.member), bind("other", other),
                           bind("at_most", limits::shared_rooms_max));
}

void erase_distances(database::Write& write, Id<Member> member) {
    for (auto const& sql : {erase_kept, erase_muted, erase_apart})
        execute(write, sql, bind("member", member));
}

std::vector<PublicId> some_members(database::Read& read, Viewer const& viewer) {
    return rows<PublicId>(read, some, bind("sees_all", viewer.is_server()),
                          bind("at_most", limits::probed_members_max));
}

}  // namespace kith::distance
