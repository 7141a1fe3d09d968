#include "notify/notice_store.hpp"

#include <algorithm>

namespace kith::notify {
namespace {

using database::bind;
using database::execute;
using database::Sql;

/// What an unseen notice about the same leaves to the one that replaces it.
struct ReplacedRow {
    Id<NoticeEntry> id;
    PublicId public_id;
    Delivery delivery = Delivery::none;
    Time due_at{};
    bool rested = false;
};
BOOST_DESCRIBE_STRUCT(ReplacedRow, (), (id, public_id, delivery, due_at, rested))

constexpr Sql replaced =
    "select id, public_id, delivery, due_at, rested from notices"
    " where member = :member and kind = :kind and about = :about and seen_at is null";
constexpr Sql remove_one = "delete from notices where id = :id";
constexpr Sql add = R"(
    insert into notices (public_id, member, kind, url, arguments, about, place, sender, made_at,
                         way, delivery, due_at, rested)
    values (:public_id, :member, :kind, :url, :arguments, :about, :place, :sender, :now, :way,
            :delivery, :due_at, :rested)
    returning id)";
constexpr Sql add_person =
    "insert into notice_people (notice, member) values (:notice, :member) on conflict do nothing";
constexpr Sql may_be_told = R"(
    select count(*) from members m where m.id = :member and m.state = 'active')";
constexpr Sql apart = R"(
    select count(*) from separations s
    where s.viewer = :member and s.other = :other
      and not exists (select 1 from small_rooms r
                      where r.viewer = :member and r.other = :other and r.place = :place))";
// Where the two meet in a small room all the same, only who keeps distance isn't told.
constexpr Sql kept_away = R"(
    select (select count(*) from mutes u where u.member = :member and u.other = :sender)
         + (select count(*) from distances t where t.member = :member and t.other = :sender))";

}  // namespace

constexpr Sql page = R"(
    select n.id, n.public_id, n.kind, n.url, n.arguments, s.name, n.made_at, n.seen_at, n.way
    from notices n left join members s on s.id = n.sender
    where n.member = :viewer and n.rested = 0 and (:before = 0 or n.id < :before)
      and (s.id is null or s.state in ('active', 'disabled'))
      and not exists (select 1 from mutes u where u.member = n.member and u.other = n.sender)
      and not exists (select 1 from distances t
                      where t.member = n.member and t.other = n.sender)
      and not exists (select 1 from notice_people p
                      join separations d on d.viewer = n.member and d.other = p.member
                      where p.notice = n.id
                        and not exists (select 1 from small_rooms r
                                        where r.viewer = n.member and r.other = p.member
                                          and r.place = n.place))
    order by n.id desc limit :limit)";

constexpr Sql by_public_id = R"(
    select n.id, n.public_id, n.kind, n.url, n.arguments, s.name, n.made_at, n.seen_at, n.way
    from notices n left join members s on s.id = n.sender
    where n.member = :viewer and n.public_id = :id
      and (s.id is null or s.state in ('active', 'disabled'))
      and not exists (select 1 from mutes u where u.member = n.member and u.other = n.sender)
      and not exists (select 1 from distances t
                      where t.member = n.member and t.other = n.sender)
      and not exists (select 1 from notice_people p
                      join separations d on d.viewer = n.member and d.other = p.member
                      where p.notice = n.id
                        and not exists (select 1 from small_rooms r
                                        where r.viewer = n.member and r.other = p.member
                                          and r.place = n.place)))";

constexpr Sql any_new = R"(
    select count(*) from (
        select 1 from notices n left join members s on s.id = n.sender
        where n.member = :viewer and n.rested = 0 and n.seen_at is null
          and not exists (select 1 from rests r where r.member = n.member)
          and (s.id is null or s.state in ('active', 'disabled'))
          and not exists (select 1 from mutes u where u.member = n.member and u.other = n.sender)
          and not exists (select 1 from distances t
                          where t.member = n.member and t.other = n.sender)
          and not exists (select 1 from notice_people p
                          join separations d on d.viewer = n.member and d.other = p.member
                          where p.notice = n.id
                            and not exists (select 1 from small_rooms r
                                            where r.viewer = n.member and r.other = p.member
                                              and r.place = n.place))
        limit 1) as found)";

void add_notice(database::Write& write, NoticeToAdd const& notice) {
    // The same statements whoever is apart: what the deed of the sender costs tells nothing.
    bool allowed = database::number(write, may_be_told, bind("member", notice.member)) == 1;
    for (auto const& other : notice.people)
        allowed &= database::number(write, apart, bind("member", notice.member),
                                    bind("other", other), bind("place", notice.place)) == 0;
    allowed &= database::number(write, kept_away, bind("member", notice.member),
                                bind("sender", notice.sender.value_or(Id<Member>{}))) == 0;
    auto const old =
        database::maybe<ReplacedRow>(write, replaced, bind("member", notice.member),
                                     bind("kind", notice.kind), bind("about", notice.about));
    if (!allowed) return;
    if (old) execute(write, remove_one, bind("id", old->id));
    bool const told = old && old->delivery == Delivery::done;
    bool const unsent = notice.way == NoticeWay::app || notice.rested;
    auto delivery = unsent ? Delivery::none : Delivery::waiting;
    if (told) delivery = Delivery::done;
    auto const id = database::one<Id<NoticeEntry>>(
        write, add, bind("public_id", old ? old->public_id : notice.public_id),
        bind("member", notice.member), bind("kind", notice.kind), bind("url", notice.url),
        bind("arguments", notice.arguments), bind("about", notice.about),
        bind("place", notice.place), bind("sender", notice.sender), bind("now", notice.at),
        bind("way", notice.way), bind("delivery", delivery),
        // What waited doesn't wait longer because more came.
        bind("due_at", old && !old->rested ? std::min(old->due_at, notice.due_at) : notice.due_at),
        bind("rested", notice.rested));
    for (auto const& other : notice.people)
        execute(write, add_person, bind("notice", id), bind("member", other));
}

std::vector<NoticeRow> notices_of(database::Read& read, Viewer const& viewer,
                                  Id<NoticeEntry> before, std::size_t limit) {
    return database::rows<NoticeRow>(read, page, bind("viewer", viewer.member),
                                     bind("before", before), bind("limit", limit));
}

std::optional<NoticeRow> find_notice(database::Read& read, Viewer const& viewer,
                                     PublicId const& id) {
    return database::maybe<NoticeRow>(read, by_public_id, bind("viewer", viewer.member),
                                      bind("id", id));
}

bool anything_new(database::Read& read, Viewer const& viewer) {
    return database::number(read, any_new, bind("viewer", viewer.member)) > 0;
}

constexpr Sql see = R"(
    update notices set seen_at = :now where id = :id and member = :viewer and seen_at is null)";
constexpr Sql see_all = R"(
    update notices set seen_at = :now
    where member = :viewer and rested = 0 and id <= :newest and seen_at is null)";

void mark_seen(database::Write& write, Viewer const& viewer, Id<NoticeEntry> id, Time now) {
    execute(write, see, bind("now", now), bind("id", id), bind("viewer", viewer.member));
}

void mark_all_seen(database::Write& write, Viewer const& viewer, Id<NoticeEntry> newest, Time now) {
    execute(write, see_all, bind("now", now), bind("viewer", viewer.member),
            bind("newest", newest));
}

constexpr Sql remove_about =
    "delete from notices where kind = :kind and about = :about and seen_at is null";

void remove_unseen(database::Write& write, std::string_view kind, std::string_view about) {
    execute(write, remove_about, bind("kind", kind), bind("about", about));
}

constexpr Sql remove_place = "delete from notices where place = :place";
constexpr Sql remove_place_of = "delete from notices where place = :place and member = :member";

void remove_of_place(database::Write& write, std::string_view place,
                     std::optional<Id<Member>> member) {
    if (member)
        execute(write, remove_place_of, bind("place", place), bind("member", *member));
    else
        execute(write, remove_place, bind("place", place));
}

constexpr Sql forget = "delete from notices where made_at < :before";

void forget_notices(database::Write& write, Time before) {
    execute(write, forget, bind("before", before));
}

constexpr Sql all_of = R"(
    select n.id, n.public_id, n.kind, n.url, n.arguments, s.name, n.made_at, n.seen_at, n.way
    from notices n left join members s on s.id = n.sender
    where n.member = :member and :sees_all = 1
      and (s.id is null or s.state in ('active', 'disabled'))
      and not exists (select 1 from mutes u where u.member = n.member and u.other = n.sender)
      and not exists (select 1 from distances t
                      where t.member = n.member and t.other = n.sender)
      and not exists (select 1 from notice_people p
                      join separations d on d.viewer = n.member and d.other = p.member
                      where p.notice = n.id
                        and not exists (select 1 from small_rooms r
                                        where r.viewer = n.member and r.other = p.member
                                          and r.place = n.place))
    order by n.id)";

std::vector<NoticeRow> all_notices_of(database::Read& read, Viewer const& viewer,
                                      Id<Member> member) {
    return database::rows<NoticeRow>(read, all_of, bind("member", member),
                                     bind("sees_all", viewer.is_server() || viewer.is(member)));
}

constexpr Sql erase_told = R"(
    delete from notices where member = :member or sender = :member
        or id in (select p.notice from notice_people p where p.member = :member))";
constexpr Sql erase_settings = "delete from notice_settings where member = :member";
constexpr Sql erase_ways = "delete from notice_ways where member = :member";

void erase_notices(database::Write& write, Id<Member> member) {
    for (auto const& sql : {erase_told, erase_settings, erase_ways})
        execute(write, sql, bind("member", member));
}

}  // namespace kith::notify
