#include "notify/delivery_store.hpp"

#include "base/limits.hpp"

namespace kith::notify {
namespace {

using database::bind;
using database::execute;
using database::Sql;

void require_server(Viewer const& viewer) {
    if (!viewer.is_server()) throw Refusal::not_found();
}

constexpr Sql due_members = R"(
    select distinct n.member from notices n
    where n.delivery = 'waiting' and n.due_at <= :now
    order by n.member limit :limit)";
constexpr Sql due = R"(
    select n.id, n.public_id, n.kind, n.url, n.arguments, s.name, n.made_at, n.seen_at, n.way
    from notices n left join members s on s.id = n.sender
    where n.member = :member and n.delivery = 'waiting' and n.due_at <= :now
      and n.seen_at is null
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
constexpr Sql deliver = R"(
    update notices set delivery = 'done'
    where member = :member and delivery = 'waiting' and due_at <= :now)";
constexpr Sql postpone = R"(
    update notices set due_at = :later
    where member = :member and delivery = 'waiting' and due_at <= :now)";
constexpr Sql unsent = R"(
    select id, kind from notices
    where member = :member and delivery = 'waiting' and seen_at is null order by id)";
constexpr Sql plan = R"(
    update notices set way = :way, delivery = :delivery, due_at = :due_at where id = :id)";

}  // namespace

std::vector<Id<Member>> members_due(database::Read& read, Viewer const& viewer, Time now,
                                    std::size_t limit) {
    require_server(viewer);
    return database::rows<Id<Member>>(read, due_members, bind("now", now), bind("limit", limit));
}

std::vector<NoticeRow> due_notices(database::Read& read, Viewer const& viewer, Id<Member> member,
                                   Time now) {
    require_server(viewer);
    return database::rows<NoticeRow>(read, due, bind("member", member), bind("now", now),
                                     bind("limit", limits::notices_in_mail_max + 1));
}

void mark_delivered(database::Write& write, Id<Member> member, Time now) {
    execute(write, deliver, bind("member", member), bind("now", now));
}

void put_off(database::Write& write, Id<Member> member, Time now, Time later) {
    execute(write, postpone, bind("later", later), bind("member", member), bind("now", now));
}

std::vector<WaitingNotice> unsent_notices(database::Read& read, Viewer const& viewer,
                                          Id<Member> member) {
    if (!viewer.is_server() && !viewer.is(member)) throw Refusal::not_found();
    return database::rows<WaitingNotice>(read, unsent, bind("member", member));
}

void plan_notice(database::Write& write, Id<NoticeEntry> id, NoticeWay way, Time due_at) {
    auto const delivery = way == NoticeWay::app ? Delivery::none : Delivery::waiting;
    execute(write, plan, bind("way", way), bind("delivery", delivery), bind("due_at", due_at),
            bind("id", id));
}

}  // namespace kith::notify
