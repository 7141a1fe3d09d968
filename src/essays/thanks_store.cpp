#include "essays/thanks_store.hpp"

namespace kith::essays {

using database::bind;
using database::Sql;

// The same members as members::find_member shows: who leads, or who is listed, and not oneself.
constexpr Sql called = R"(
    select m.id from members m
    where m.name = :name and m.state = 'active' and m.id <> :viewer
      and (m.listed = 1 or m.role <> 'member')
      and not exists (select 1 from separations s where s.viewer = :viewer and s.other = m.id)
    order by m.id limit 2)";

std::vector<Id<Member>> members_called(database::Read& read, Viewer const& viewer,
                                       std::string_view name) {
    return database::rows<Id<Member>>(read, called, bind("name", name),
                                      bind("viewer", viewer.member));
}

constexpr Sql apart = R"(
    select case when exists (select 1 from separations s join essays e on e.author = s.other
                             where s.viewer = :viewer and e.id = :essay) then 1 else 0 end)";

bool is_apart_from_author(database::Read& read, Viewer const& viewer, Id<Essay> essay) {
    return database::scalar<bool>(read, apart, bind("viewer", viewer.member), bind("essay", essay));
}

constexpr Sql insert = R"(
    insert into thanks (public_id, essay, sender, receiver, by_mail, to_name, token_hash, note,
                        idempotency_key, sent_at, expires_at, received_at,
                        put_away_by_receiver, put_away_by_sender)
    values (:public_id, :essay, :sender, :receiver, :by_mail, :to_name, :token_hash, :note,
            :idempotency_key, :sent_at, :expires_at, null, 0, 0)
    on conflict (sender, idempotency_key) do nothing)";

bool insert_thanks(database::Write& write, ThanksToAdd const& thanks) {
    auto const kept = database::execute(
        write, insert, bind("public_id", thanks.public_id), bind("essay", thanks.essay),
        bind("sender", thanks.sender), bind("receiver", thanks.receiver),
        bind("by_mail", thanks.by_mail), bind("to_name", thanks.to_name),
        bind("token_hash", thanks.token_hash), bind("note", thanks.note),
        bind("idempotency_key", thanks.idempotency_key), bind("sent_at", thanks.sent_at),
        bind("expires_at", thanks.expires_at));
    return kept > 0;
}

// Of whoever is being erased nobody else sees anything: not what they sent, nor their name on what
// was sent to them, nor their essay's title. It is all there again if they change their mind.

constexpr Sql one_thanks = R"(
    select t.id, t.public_id, e.slug,
           case when e.state = 'published' and a.state <> 'erasing'
                     and not exists (select 1 from separations s
                                     where s.viewer = :viewer and s.other = e.author)
                then e.title else '' end, t.sender, m.name, t.by_mail,
           case when t.receiver = :viewer then 1 else 0 end,
           case when t.sender = :viewer then 1 else 0 end,
           case when x.state = 'erasing' and x.id <> :viewer then '' else t.to_name end,
           t.note, t.sent_at, t.received_at,
           case when t.receiver = :viewer then t.put_away_by_receiver
                else t.put_away_by_sender end
    from thanks t
    join essays e on e.id = t.essay
    join members m on m.id = t.sender
    join members a on a.id = e.author
    left join members x on x.id = t.receiver
    where t.public_id = :id
      and (t.sender = :viewer
           or (t.receiver = :viewer and m.state <> 'erasing'
               and not exists (select 1 from separations s
                               where s.viewer = :viewer and s.other = t.sender))))";

std::optional<ThanksRow> find_thanks(database::Read& read, Viewer const& viewer,
                                     PublicId const& id) {
    return database::maybe<ThanksRow>(read, one_thanks, bind("id", id),
                                      bind("viewer", viewer.member));
}

constexpr Sql by_link = R"(
    select t.id, t.public_id, e.slug,
           case when e.state = 'published' and a.state <> 'erasing'
                     and not exists (select 1 from separations s
                                     where s.viewer = :viewer and s.other = e.author)
                then e.title else '' end, t.sender, m.name, t.by_mail, 1,
           case when t.sender = :viewer then 1 else 0 end,
           case when x.state = 'erasing' and x.id <> :viewer then '' else t.to_name end,
           t.note, t.sent_at, t.received_at, t.put_away_by_receiver
    from thanks t
    join essays e on e.id = t.essay
    join members m on m.id = t.sender
    join members a on a.id = e.author
    left join members x on x.id = t.receiver
    where t.token_hash = :token_hash and t.expires_at > :now
      and (m.state <> 'erasing' or m.id = :viewer)
      and not exists (select 1 from separations s
                      where s.viewer = :viewer and s.other = t.sender))";

std::optional<ThanksRow> find_thanks_by_link(database::Read& read, Viewer const& viewer,
                                             std::string_view token_hash, Time now) {
    return database::maybe<ThanksRow>(read, by_link, bind("token_hash", token_hash),
                                      bind("now", now), bind("viewer", viewer.member));
}

constexpr Sql all_thanks = R"(
    select t.id, t.public_id, e.slug,
           case when e.state = 'published' and a.state <> 'erasing'
                     and not exists (select 1 from separations s
                                     where s.viewer = :viewer and s.other = e.author)
                then e.title else '' end, t.sender, m.name, t.by_mail,
           case when t.receiver = :viewer then 1 else 0 end,
           case when t.sender = :viewer then 1 else 0 end,
           case when x.state = 'erasing' and x.id <> :viewer then '' else t.to_name end,
           t.note, t.sent_at, t.received_at,
           case when t.receiver = :viewer then t.put_away_by_receiver
                else t.put_away_by_sender end
    from thanks t
    join essays e on e.id = t.essay
    join members m on m.id = t.sender
    join members a on a.id = e.author
    left join members x on x.id = t.receiver
    where t.sender = :viewer
       or (t.receiver = :viewer and m.state <> 'erasing'
           and not exists (select 1 from separations s
                           where s.viewer = :viewer and s.other = t.sender))
    order by t.sent_at desc, t.id desc limit :at_most)";

std::vector<ThanksRow> list_thanks(database::Read& read, Viewer const& viewer,
                                   std::size_t at_most) {
    return database::rows<ThanksRow>(read, all_thanks, bind("viewer", viewer.member),
                                     bind("at_most", at_most));
}

constexpr Sql for_today = R"(
    select t.id, t.public_id, e.slug,
           case when e.state = 'published' and a.state <> 'erasing'
                     and not exists (select 1 from separations s
                                     where s.viewer = :viewer and s.other = e.author)
                then e.title else '' end, t.sender, m.name, t.by_mail,
           case when t.receiver = :viewer then 1 else 0 end,
           case when t.sender = :viewer then 1 else 0 end,
           case when x.state = 'erasing' and x.id <> :viewer then '' else t.to_name end,
           t.note, t.sent_at, t.received_at, 0
    from thanks t
    join essays e on e.id = t.essay
    join members m on m.id = t.sender
    join members a on a.id = e.author
    left join members x on x.id = t.receiver
    where (t.sender = :viewer and t.received_at > :since and t.put_away_by_sender = 0)
       or (t.receiver = :viewer and t.received_at is null and t.put_away_by_receiver = 0
           and m.state <> 'erasing'
           and not exists (select 1 from separations s
                           where s.viewer = :viewer and s.other = t.sender))
    order by t.sent_at, t.id)";

std::vector<ThanksRow> thanks_for_today(database::Read& read, Viewer const& viewer, Time since) {
    return database::rows<ThanksRow>(read, for_today, bind("viewer", viewer.member),
                                     bind("since", since));
}

constexpr Sql receive =
    "update thanks set received_at = :at where id = :id and received_at is null";

void mark_received(database::Write& write, Id<Thanks> id, Time at) {
    database::execute(write, receive, bind("at", at), bind("id", id));
}

constexpr Sql put_away = R"(
    update thanks set
        put_away_by_receiver = case when receiver = :viewer then 1
                                    else put_away_by_receiver end,
        put_away_by_sender = case when sender = :viewer then 1 else put_away_by_sender end
    where id = :id)";

void put_thanks_away(database::Write& write, Viewer const& viewer, Id<Thanks> id) {
    database::execute(write, put_away, bind("viewer", viewer.member), bind("id", id));
}

constexpr Sql expire = "update thanks set token_hash = null where expires_at <= :now";

void expire_thanks(database::Write& write, Time now) {
    database::execute(write, expire, bind("now", now));
}

constexpr Sql erase_sent = "delete from thanks where sender = :member";
constexpr Sql forget_receiver =
    "update thanks set receiver = null, to_name = '' where receiver = :member";

void erase_thanks(database::Write& write, Id<Member> member) {
    database::execute(write, erase_sent, bind("member", member));
    database::execute(write, forget_receiver, bind("member", member));
}

}  // namespace kith::essays
