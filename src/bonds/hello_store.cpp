#include "bonds/hello_store.hpp"

#include "bonds/limits.hpp"

namespace kith::bonds {
namespace {

using database::bind;
using database::execute;
using database::Sql;

constexpr Sql with_other = R"(
    select h.public_id, h.words, case when h.sender = :viewer then h.sent_at else h.deliver_at end,
           case when h.sender = :viewer then 1 else 0 end,
           case when h.sender = :viewer then h.unsend_until else null end
    from hello_notes h
    where ((h.sender = :viewer and h.recipient = :other)
           or (h.sender = :other and h.recipient = :viewer and h.state = 'delivered'))
    order by h.id desc limit :at_most)";

constexpr Sql last_of = R"(
    select h.sent_at, h.words from hello_notes h
    where h.sender = :viewer and h.recipient = :other order by h.sent_at desc, h.id desc limit 1)";

constexpr Sql add = R"(
    insert into hello_notes (public_id, sender, recipient, recipient_name, words, state, sent_at,
                             unsend_until, deliver_at)
    values (:public_id, :viewer, :other, :name, :words, 'sent', :now, :unsend_until, :deliver_at)
    returning id)";
constexpr Sql take_back = R"(
    delete from hello_notes where public_id = :id and sender = :viewer and unsend_until > :now)";

constexpr Sql due = R"(
    select h.id, h.public_id, h.sender, s.public_id, h.recipient
    from hello_notes h join members s on s.id = h.sender
    where h.id = :id and h.state = 'sent' and :viewer = -1)";
constexpr Sql settle = "update hello_notes set state = :state where id = :id";

constexpr Sql sent_by = R"(
    select h.recipient_name, h.words, h.sent_at from hello_notes h
    where h.sender = :viewer order by h.id)";

}  // namespace

std::vector<HelloRow> hellos_with(database::Read& read, Viewer const& viewer, Id<Member> other) {
    return database::rows<HelloRow>(read, with_other, bind("viewer", viewer.member),
                                    bind("other", other),
                                    bind("at_most", limits::hellos_shown_max));
}

std::optional<LastHello> last_hello(database::Read& read, Viewer const& viewer, Id<Member> other) {
    return database::maybe<LastHello>(read, last_of, bind("viewer", viewer.member),
                                      bind("other", other));
}

Id<HelloNote> add_hello(database::Write& write, Viewer const& viewer, HelloToAdd const& note) {
    return database::one<Id<HelloNote>>(
        write, add, bind("public_id", note.public_id), bind("viewer", viewer.member),
        bind("other", note.to), bind("name", note.name), bind("words", note.words),
        bind("now", note.at), bind("unsend_until", note.unsend_until),
        bind("deliver_at", note.deliver_at));
}

bool take_hello_back(database::Write& write, Viewer const& viewer, PublicId const& id, Time now) {
    return execute(write, take_back, bind("id", id), bind("viewer", viewer.member),
                   bind("now", now)) == 1;
}

std::optional<DueHello> due_hello(database::Read& read, Viewer const& viewer, Id<HelloNote> id) {
    return database::maybe<DueHello>(read, due, bind("id", id), bind("viewer", viewer.member));
}

void settle_hello(database::Write& write, Id<HelloNote> id, bool delivered) {
    execute(write, settle, bind("state", delivered ? "delivered" : "withheld"), bind("id", id));
}

std::vector<SentHello> hellos_by(database::Read& read, Viewer const& viewer) {
    return database::rows<SentHello>(read, sent_by, bind("viewer", viewer.member));
}

}  // namespace kith::bonds
