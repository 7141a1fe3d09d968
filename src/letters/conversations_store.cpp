#include "letters/conversations_store.hpp"

#include "letters/limits.hpp"

namespace kith::letters {
namespace {

using database::bind;
using database::execute;
using database::maybe;
using database::rows;
using database::Sql;

// bond_pages holds the pairs that have letters between them now: both gave it, nobody rests, keeps
// distance or isn't here any more.
constexpr Sql person = R"(
    select m.id, m.public_id, m.name
    from members m join bond_pages b on b.viewer = :viewer and b.other = m.id
    where m.public_id = :id)";

constexpr Sql conversation = R"(
    select c.id, c.public_id, s.other,
           case when b.other is null then 0 else 1 end,
           case when b.other is null then '' else m.public_id end,
           case when b.other is null then '' else m.name end,
           k.given_at, case when b.other is null then null else t.given_at end
    from letter_conversations c
    join letter_sides s on s.conversation = c.id and s.member = :viewer
    join members m on m.id = s.other
    left join bond_consents k
        on k.member = :viewer and k.other = s.other and k.kind = 'receipts'
    left join bond_consents t
        on t.member = s.other and t.other = :viewer and t.kind = 'receipts'
    left join bond_pages b on b.viewer = :viewer and b.other = s.other
    where c.public_id = :id and :viewer > 0)";

constexpr Sql with_other = R"(
    select c.public_id
    from letter_sides s join letter_conversations c on c.id = s.conversation
    where s.member = :viewer and s.other = :other)";

constexpr Sql list = R"(
    select l.public_id, l.open, l.other_id, l.name, l.latest, l.waits from (
        select c.id as id, c.public_id as public_id,
               case when b.other is null then 0 else 1 end as open,
               case when b.other is null then '' else m.public_id end as other_id,
               case when b.other is null then '' else m.name end as name,
               (select max(case when x.sender = :viewer then x.written_at else x.delivered_at end)
                from letters x where x.conversation = c.id
                  and (x.sender = :viewer or x.delivered_at is not null)) as latest,
               case when exists (select 1 from letters y
                                 where y.conversation = c.id and y.receiver = :viewer
                                   and y.delivered_at is not null and y.read_at is null)
                    then 1 else 0 end as waits
        from letter_sides s
        join letter_conversations c on c.id = s.conversation
        join members m on m.id = s.other
        left join bond_pages b on b.viewer = :viewer and b.other = s.other
        where s.member = :viewer and :viewer > 0) l
    order by coalesce(l.latest, 0) desc, l.id desc limit :at_most)";

constexpr Sql waits = R"(
    select case when exists (select 1 from letters
                             where receiver = :viewer and delivered_at is not null
                               and read_at is null and :viewer > 0)
                then 1 else 0 end)";

constexpr Sql add = R"(
    insert into letter_conversations (public_id, begun_at) values (:id, :now) returning id)";
constexpr Sql add_sides = R"(
    insert into letter_sides (conversation, member, other)
    values (:conversation, :viewer, :other), (:conversation, :other, :viewer))";

constexpr Sql erase_waiting_pictures = R"(
    delete from letter_pictures where letter in
        (select id from letters where sender = :member and delivered_at is null))";
constexpr Sql erase_waiting = "delete from letters where sender = :member and delivered_at is null";
constexpr Sql erase_sides = "delete from letter_sides where member = :member";
constexpr Sql erase_lone_pictures = R"(
    delete from letter_pictures where letter in
        (select l.id from letters l
         where (l.sender = :member or l.receiver = :member)
           and not exists (select 1 from letter_sides s where s.conversation = l.conversation)))";
constexpr Sql erase_lone_letters = R"(
    delete from letters where (sender = :member or receiver = :member)
       and not exists (select 1 from letter_sides s
                       where s.conversation = letters.conversation))";
constexpr Sql erase_lone_conversations = R"(
    delete from letter_conversations where not exists
        (select 1 from letter_sides s where s.conversation = letter_conversations.id))";
constexpr Sql erase_keys = "delete from letter_keys where member = :member";
constexpr Sql erase_notes = "delete from letter_notes where member = :member";

constexpr Sql all = R"(
    select public_id from letter_conversations where :sees_all = 1 order by id)";
constexpr Sql some = R"(
    select public_id from members where :sees_all = 1 order by id limit :at_most)";

}  // namespace

std::optional<PersonRow> find_person(database::Read& read, Viewer const& viewer,
                                     PublicId const& id) {
    return maybe<PersonRow>(read, person, bind("viewer", viewer.member), bind("id", id));
}

std::optional<ConversationRow> find_conversation(database::Read& read, Viewer const& viewer,
                                                 PublicId const& id) {
    return maybe<ConversationRow>(read, conversation, bind("viewer", viewer.member),
                                  bind("id", id));
}

std::optional<PublicId> conversation_with(database::Read& read, Viewer const& viewer,
                                          Id<Member> other) {
    return maybe<PublicId>(read, with_other, bind("viewer", viewer.member), bind("other", other));
}

std::vector<ConversationItem> list_conversations(database::Read& read, Viewer const& viewer) {
    return rows<ConversationItem>(read, list, bind("viewer", viewer.member),
                                  bind("at_most", limits::conversations_max));
}

bool any_waits(database::Read& read, Viewer const& viewer) {
    return database::scalar<bool>(read, waits, bind("viewer", viewer.member));
}

void begin_conversation(database::Write& write, Viewer const& viewer, Id<Member> other,
                        PublicId const& id, Time now) {
    if (conversation_with(write, viewer, other)) return;
    Id<Conversation> const made{database::number(write, add, bind("id", id), bind("now", now))};
    execute(write, add_sides, bind("conversation", made), bind("viewer", viewer.member),
            bind("other", other));
}

void erase_letters(database::Write& write, Id<Member> member) {
    for (auto const& sql : {erase_waiting_pictures, erase_waiting, erase_sides, erase_lone_pictures,
                            erase_lone_letters, erase_keys, erase_notes})
        execute(write, sql, bind("member", member));
    execute(write, erase_lone_conversations);
}

std::vector<PublicId> some_members(database::Read& read, Viewer const& viewer) {
    return rows<PublicId>(read, some, bind("sees_all", viewer.is_server()),
                          bind("at_most", limits::probed_members_max));
}

std::vector<PublicId> all_conversations(database::Read& read, Viewer const& viewer) {
    return rows<PublicId>(read, all, bind("sees_all", viewer.is_server()));
}

}  // namespace kith::letters
