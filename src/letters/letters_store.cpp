#include "letters/letters_store.hpp"

#include <algorithm>

#include "letters/limits.hpp"

namespace kith::letters {
namespace {

using database::bind;
using database::execute;
using database::maybe;
using database::rows;
using database::Sql;

constexpr Sql before = R"(
    select l.id, l.public_id, case when l.sender = :viewer then 1 else 0 end, l.sequence, l.sealed,
           l.has_picture, p.at, case when l.sender = :viewer then l.unsend_until else null end,
           l.read_at
    from (select x.id as id,
                 case when x.sender = :viewer then x.written_at else x.delivered_at end as at
          from letters x
          where x.conversation = :conversation
            and (x.sender = :viewer or (x.receiver = :viewer and x.delivered_at is not null))) p
    join letters l on l.id = p.id
    where p.at < :at or (p.at = :at and p.id < :letter)
    order by p.at desc, p.id desc limit :at_most)";
constexpr Sql after = R"(
    select l.id, l.public_id, case when l.sender = :viewer then 1 else 0 end, l.sequence, l.sealed,
           l.has_picture, p.at, case when l.sender = :viewer then l.unsend_until else null end,
           l.read_at
    from (select x.id as id,
                 case when x.sender = :viewer then x.written_at else x.delivered_at end as at
          from letters x
          where x.conversation = :conversation
            and (x.sender = :viewer or (x.receiver = :viewer and x.delivered_at is not null))) p
    join letters l on l.id = p.id
    where p.at > :at or (p.at = :at and p.id > :letter)
    order by p.at, p.id limit :at_most)";
constexpr Sql one_letter = R"(
    select l.id, l.public_id, case when l.sender = :viewer then 1 else 0 end, l.sequence, l.sealed,
           l.has_picture, case when l.sender = :viewer then l.written_at else l.delivered_at end,
           case when l.sender = :viewer then l.unsend_until else null end, l.read_at
    from letters l
    where l.public_id = :id and l.conversation = :conversation
      and (l.sender = :viewer or (l.receiver = :viewer and l.delivered_at is not null)))";
constexpr Sql picture = R"(
    select p.sealed from letter_pictures p join letters l on l.id = p.letter
    where p.letter = :letter
      and (l.sender = :viewer or (l.receiver = :viewer and l.delivered_at is not null)))";
constexpr Sql last = R"(
    select coalesce(max(sequence), 0) from letters
    where conversation = :conversation and sender = :viewer)";
constexpr Sql under_key =
    "select public_id from letters where sender = :viewer and once_key = :once_key";

constexpr Sql add = R"(
    insert into letters (public_id, conversation, sender, receiver, sequence, sealed, has_picture,
                         once_key, written_at, unsend_until, deliver_at)
    values (:id, :conversation, :sender, :receiver, :sequence, :sealed, :has_picture, :once_key,
            :written_at, :unsend_until, :deliver_at) returning id)";
constexpr Sql add_picture =
    "insert into letter_pictures (letter, sealed) values (:letter, :sealed)";
constexpr Sql can_take_back = R"(
    select id from letters
    where id = :letter and sender = :viewer and delivered_at is null and unsend_until > :now)";
constexpr Sql drop_picture = "delete from letter_pictures where letter = :letter";
constexpr Sql drop = "delete from letters where id = :letter";
constexpr Sql read_up_to = R"(
    update letters set read_at = :now
    where conversation = :conversation and receiver = :viewer and read_at is null
      and (delivered_at < :at or (delivered_at = :at and id <= :letter)))";
constexpr Sql count_waiting = R"(
    select count(*) from letters
    where conversation = :conversation and receiver = :viewer and delivered_at is not null
      and read_at is null)";

constexpr Sql waiting = R"(
    select l.id, l.public_id, c.public_id, l.sender, l.receiver, l.deliver_at
    from letters l join letter_conversations c on c.id = l.conversation
    where l.public_id = :letter and l.delivered_at is null and :sees_all = 1)";
constexpr Sql delivered = "update letters set delivered_at = :now where id = :letter";

constexpr Sql to_export = R"(
    select l.id, l.public_id, c.public_id, case when l.sender = :viewer then 1 else 0 end,
           case when l.sender = :viewer then l.written_at else l.delivered_at end as at,
           l.sealed, coalesce(length(p.sealed), 0)
    from letters l
    join letter_conversations c on c.id = l.conversation
    left join letter_pictures p on p.letter = l.id
    where l.sender = :viewer or (l.receiver = :viewer and l.delivered_at is not null)
    order by at, l.id limit :at_most)";

constexpr Sql with_pictures = R"(
    select c.public_id, l.public_id
    from letter_pictures p
    join letters l on l.id = p.letter
    join letter_conversations c on c.id = l.conversation
    where :sees_all = 1 order by l.id)";

}  // namespace

std::vector<LetterRow> letters_of(database::Read& read, Viewer const& viewer,
                                  Id<Conversation> conversation, LetterWish const& wish) {
    auto found = rows<LetterRow>(read, wish.way == LetterWish::Way::before ? before : after,
                                 bind("viewer", viewer.member), bind("conversation", conversation),
                                 bind("at", wish.at), bind("letter", wish.letter),
                                 bind("at_most", wish.at_most));
    if (wish.way == LetterWish::Way::before) std::reverse(found.begin(), found.end());
    return found;
}

std::optional<LetterRow> find_letter(database::Read& read, Viewer const& viewer,
                                     Id<Conversation> conversation, PublicId const& id) {
    return maybe<LetterRow>(read, one_letter, bind("viewer", viewer.member),
                            bind("conversation", conversation), bind("id", id));
}

std::optional<std::string> picture_of(database::Read& read, Viewer const& viewer,
                                      Id<Letter> letter) {
    return maybe<std::string>(read, picture, bind("viewer", viewer.member), bind("letter", letter));
}

std::int64_t last_sequence(database::Read& read, Viewer const& viewer,
                           Id<Conversation> conversation) {
    return database::number(read, last, bind("viewer", viewer.member),
                            bind("conversation", conversation));
}

std::optional<PublicId> sent_under(database::Read& read, Viewer const& viewer,
                                   std::string const& once_key) {
    return maybe<PublicId>(read, under_key, bind("viewer", viewer.member),
                           bind("once_key", once_key));
}

void add_letter(database::Write& write, Viewer const& sender, NewLetter const& letter) {
    Id<Letter> const made{database::number(
        write, add, bind("id", letter.public_id), bind("conversation", letter.conversation),
        bind("sender", sender.member), bind("receiver", letter.receiver),
        bind("sequence", letter.sequence), bind("sealed", letter.sealed),
        bind("has_picture", letter.picture.has_value()), bind("once_key", letter.once_key),
        bind("written_at", letter.written_at), bind("unsend_until", letter.unsend_until),
        bind("deliver_at", letter.deliver_at))};
    if (letter.picture)
        execute(write, add_picture, bind("letter", made), bind("sealed", *letter.picture));
}

bool take_back(database::Write& write, Viewer const& viewer, Id<Letter> letter, Time now) {
    if (!maybe<Id<Letter>>(write, can_take_back, bind("letter", letter),
                           bind("viewer", viewer.member), bind("now", now)))
        return false;
    execute(write, drop_picture, bind("letter", letter));
    execute(write, drop, bind("letter", letter));
    return true;
}

bool mark_read(database::Write& write, Viewer const& viewer, Id<Conversation> conversation,
               LetterRow const& last, Time now) {
    execute(write, read_up_to, bind("viewer", viewer.member), bind("conversation", conversation),
            bind("at", last.at), bind("letter", last.id), bind("now", now));
    return database::number(write, count_waiting, bind("viewer", viewer.member),
                            bind("conversation", conversation)) == 0;
}

std::optional<WaitingLetter> waiting_letter(database::Read& read, Viewer const& viewer,
                                            PublicId const& letter) {
    return maybe<WaitingLetter>(read, waiting, bind("letter", letter),
                                bind("sees_all", viewer.is_server()));
}

void note_delivered(database::Write& write, Id<Letter> letter, Time now) {
    execute(write, delivered, bind("letter", letter), bind("now", now));
}

std::vector<LetterToExport> letters_to_export(database::Read& read, Viewer const& viewer) {
    return rows<LetterToExport>(read, to_export, bind("viewer", viewer.member),
                                bind("at_most", limits::letters_exported_max));
}

std::vector<LetterPlace> letters_with_pictures(database::Read& read, Viewer const& viewer) {
    return rows<LetterPlace>(read, with_pictures, bind("sees_all", viewer.is_server()));
}

}  // namespace kith::letters
