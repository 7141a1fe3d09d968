#include "circles/conversations_store.hpp"

#include "base/limits.hpp"
#include "circles/search_store.hpp"

namespace kith::circles {

using database::bind;
using database::execute;
using database::Sql;

// Who may read a conversation, the same in each statement below: who belongs to the circle and was
// there when it began, or after it was opened to later ones; in a circle that isn't small, nobody
// who is apart from who began it. Its last words are the last that the viewer may see, and it is
// new to them while there are words of others after their position, or after they came.
constexpr Sql lines = R"(
    with seen as (
        select v.id as id, v.public_id as public_id, v.title as title,
               v.content_note as content_note, v.pinned as pinned, v.closed as closed,
               b.name as begun_by, l.id as last_id, l.author as last_author,
               coalesce(l.created_at, v.begun_at) as at, v.author as author,
               v.begun_at as begun_at, y.joined_at as joined_at, p.comment as position
        from conversations v
        join circles c on c.id = v.circle
        join circle_members y on y.circle = c.id and y.member = :viewer
        join discussions d on d.id = v.discussion
        join talk_group_members g on g.talk_group = c.talk_group and g.member = :viewer
        join members b on b.id = v.author
        left join conversation_positions p on p.conversation = v.id and p.member = :viewer
        left join comments l on l.id = (
            select x.id from comments x
            where x.discussion = d.id and x.state = 'published'
              and (d.small_circle = 1
                   or (not exists (select 1 from separations s
                                   where s.viewer = :viewer
                                     and s.other in (x.author, x.thread_author))
                       and not exists (select 1 from quote_separations q
                                       where q.viewer = :viewer
                                         and q.comment in (x.id, x.parent))))
            order by x.id desc limit 1)
        where v.circle = :circle and v.withdrawn = 0
          and (g.reads_from <= d.begun_at or d.open_to_later = 1)
          and (d.small_circle = 1
               or not exists (select 1 from separations s
                              where s.viewer = :viewer and s.other = v.author))
    )
    select e.id, e.public_id, e.title, e.content_note, e.pinned, e.closed, e.begun_by, m.name, e.at,
           case when (e.position is null and e.author <> :viewer and e.begun_at >= e.joined_at)
                     or (e.last_id is not null and e.last_author <> :viewer
                         and e.at >= e.joined_at and e.last_id > coalesce(e.position, 0))
                then 1 else 0 end, e.author
    from seen e left join members m on m.id = e.last_author
    where :after = 0 or (1 - e.pinned, -e.at, -e.id) > (select 1 - a.pinned, -a.at, -a.id
                                                        from seen a where a.id = :after)
    order by 1 - e.pinned, -e.at, -e.id limit :at_most)";

std::vector<ConversationLine> conversations_in(database::Read& read, Viewer const& viewer,
                                               Id<Circle> circle, Id<Conversation> after,
                                               std::size_t at_most) {
    return database::rows<ConversationLine>(read, lines, bind("viewer", viewer.member),
                                            bind("circle", circle), bind("after", after),
                                            bind("at_most", at_most));
}

constexpr Sql news = R"(
    select c.public_id, c.name
    from circle_members y join circles c on c.id = y.circle
    where y.member = :viewer and exists (
        select 1 from conversations v
        join discussions d on d.id = v.discussion
        join talk_group_members g on g.talk_group = c.talk_group and g.member = :viewer
        left join conversation_positions p on p.conversation = v.id and p.member = :viewer
        where v.circle = c.id and v.withdrawn = 0
          and (g.reads_from <= d.begun_at or d.open_to_later = 1)
          and (d.small_circle = 1
               or not exists (select 1 from separations s
                              where s.viewer = :viewer and s.other = v.author))
          and ((p.comment is null and v.author <> :viewer and v.begun_at >= y.joined_at)
               or exists (
                   select 1 from comments x
                   where x.discussion = d.id and x.id > coalesce(p.comment, 0)
                     and x.state = 'published' and x.author <> :viewer
                     and x.created_at >= y.joined_at
                     and (d.small_circle = 1
                          or (not exists (select 1 from separations s
                                          where s.viewer = :viewer
                                            and s.other in (x.author, x.thread_author))
                              and not exists (select 1 from quote_separations q
                                              where q.viewer = :viewer
                                                and q.comment in (x.id, x.parent)))))))
    order by lower(c.name), c.id limit :at_most)";

std::vector<WaitingRow> circles_with_news(database::Read& read, Viewer const& viewer) {
    return database::rows<WaitingRow>(read, news, bind("viewer", viewer.member),
                                      bind("at_most", limits::circles_of_member_max));
}

constexpr Sql by_id = R"(
    select v.id, v.public_id, c.public_id, v.discussion, v.author, b.public_id, b.name, b.role,
           case when b.avatar is null then 0 else 1 end,
           case when b.id = :viewer
                     or (d.small_circle = 0
                         and (b.listed = 1 or b.author = 1 or b.role <> 'member'))
                then 1 else 0 end,
           v.title, v.content_note, v.asks_for, v.html, v.begun_at, v.pinned, v.closed,
           v.open_to_later, v.slow_minutes,
           case when d.small_circle = 1
                then (select count(*) from talk_group_members r join members m on m.id = r.member
                      where r.talk_group = c.talk_group and m.state = 'active'
                        and (r.reads_from <= d.begun_at or d.open_to_later = 1))
                else 0 end,
           l.public_id,
           case when (p.comment is null and v.author <> :viewer and v.begun_at >= y.joined_at)
                     or (l.id is not null and l.author <> :viewer and l.created_at >= y.joined_at
                         and l.id > coalesce(p.comment, 0))
                then 1 else 0 end,
           (select max(o.created_at) from comments o
            where o.discussion = d.id and o.author = :viewer)
    from conversations v
    join circles c on c.id = v.circle
    join circle_members y on y.circle = c.id and y.member = :viewer
    join discussions d on d.id = v.discussion
    join talk_group_members g on g.talk_group = c.talk_group and g.member = :viewer
    join members b on b.id = v.author
    left join conversation_positions p on p.conversation = v.id and p.member = :viewer
    left join comments l on l.id = (
        select x.id from comments x
        where x.discussion = d.id and x.state = 'published'
          and (d.small_circle = 1
               or (not exists (select 1 from separations s
                               where s.viewer = :viewer
                                 and s.other in (x.author, x.thread_author))
                   and not exists (select 1 from quote_separations q
                                   where q.viewer = :viewer
                                     and q.comment in (x.id, x.parent))))
        order by x.id desc limit 1)
    where v.public_id = :conversation and v.withdrawn = 0
      and (g.reads_from <= d.begun_at or d.open_to_later = 1)
      and (d.small_circle = 1
           or not exists (select 1 from separations s
                          where s.viewer = :viewer and s.other = v.author)))";

std::optional<ConversationRow> find_conversation(database::Read& read, Viewer const& viewer,
                                                 PublicId const& conversation) {
    return database::maybe<ConversationRow>(read, by_id, bind("conversation", conversation),
                                            bind("viewer", viewer.member));
}

constexpr Sql insert = R"(
    insert into conversations (public_id, circle, discussion, author, title, content_note, asks_for,
                               markdown, html, idempotency_key, begun_at, pinned, closed,
                               open_to_later, slow_minutes, withdrawn)
    values (:public_id, :circle, :discussion, :author, :title, :content_note, :asks_for,
            :markdown, :html, :idempotency_key, :at, 0, 0, 0, 0, 0))";

void insert_conversation(database::Write& write, ConversationToAdd const& conversation) {
    execute(write, insert, bind("public_id", conversation.public_id),
            bind("circle", conversation.circle), bind("discussion", conversation.discussion),
            bind("author", conversation.author), bind("title", conversation.title),
            bind("content_note", conversation.content_note),
            bind("asks_for", conversation.asks_for), bind("markdown", conversation.markdown),
            bind("html", conversation.html), bind("idempotency_key", conversation.idempotency_key),
            bind("at", conversation.at));
    index_conversation(write, conversation.public_id);
}

constexpr Sql begun = R"(
    select public_id from conversations where author = :viewer and idempotency_key = :key)";

std::optional<PublicId> begun_before(database::Read& read, Viewer const& author,
                                     std::string_view key) {
    return database::maybe<PublicId>(read, begun, bind("viewer", author.member), bind("key", key));
}

constexpr Sql said = R"(
    select case when exists (select 1 from comments c
                             where c.author = :viewer and c.idempotency_key = :key)
                then 1 else 0 end)";

bool said_before(database::Read& read, Viewer const& viewer, std::string_view key) {
    return database::scalar<bool>(read, said, bind("viewer", viewer.member), bind("key", key));
}

constexpr Sql pin = "update conversations set pinned = :pinned where id = :conversation";
constexpr Sql close = "update conversations set closed = :closed where id = :conversation";
constexpr Sql open = "update conversations set open_to_later = :open where id = :conversation";
constexpr Sql slow = "update conversations set slow_minutes = :minutes where id = :conversation";
constexpr Sql empty = R"(
    update conversations set title = '', content_note = '', markdown = '', html = '',
           withdrawn = 1
    where id = :conversation)";
constexpr Sql forget_positions =
    "delete from conversation_positions where conversation = :conversation";

void set_pinned(database::Write& write, Id<Conversation> conversation, bool pinned) {
    execute(write, pin, bind("pinned", pinned), bind("conversation", conversation));
}

void set_closed(database::Write& write, Id<Conversation> conversation, bool closed) {
    execute(write, close, bind("closed", closed), bind("conversation", conversation));
}

void set_open_to_later(database::Write& write, Id<Conversation> conversation, bool opened) {
    execute(write, open, bind("open", opened), bind("conversation", conversation));
}

void set_slow(database::Write& write, Id<Conversation> conversation, std::int64_t minutes) {
    execute(write, slow, bind("minutes", minutes), bind("conversation", conversation));
}

void withdraw(database::Write& write, Id<Conversation> conversation) {
    execute(write, empty, bind("conversation", conversation));
    execute(write, forget_positions, bind("conversation", conversation));
    index_conversation(write, conversation);
}

constexpr Sql note_position = R"(
    insert into conversation_positions (conversation, member, comment)
    values (:conversation, :member,
            coalesce((select x.id from comments x
                      where x.public_id = :comment and x.discussion = :discussion), 0))
    on conflict (conversation, member) do update set comment =
        case when excluded.comment > conversation_positions.comment
             then excluded.comment else conversation_positions.comment end)";

void note_read(database::Write& write, ConversationRow const& conversation, Id<Member> member,
               std::optional<PublicId> const& comment) {
    execute(write, note_position, bind("conversation", conversation.id), bind("member", member),
            bind("comment", comment ? comment->text() : ""),
            bind("discussion", conversation.discussion));
}

}  // namespace kith::circles
