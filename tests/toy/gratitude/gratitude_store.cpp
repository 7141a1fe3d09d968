#include "gratitude/gratitude_store.hpp"

#include "base/limits.hpp"

namespace kith::gratitude {
namespace {

using database::bind;

constexpr database::Sql own_notes =
    "select public_id, words, written_at from gratitude_notes where author = :viewer"
    " order by id desc limit :most";
constexpr database::Sql add =
    "insert into gratitude_notes (public_id, author, words, written_at)"
    " values (:id, :author, :words, :at)";
constexpr database::Sql erase = "delete from gratitude_notes where author = :author";

}  // namespace

std::vector<Note> notes_of(database::Read& read, Viewer const& viewer) {
    return database::rows<Note>(read, own_notes, bind("viewer", viewer.member),
                                bind("most", limits::page_items));
}

void add_note(database::Write& write, Viewer const& author, Note const& note) {
    database::execute(write, add, bind("id", note.id), bind("author", author.member),
                      bind("words", note.words), bind("at", note.written_at));
}

void erase_notes(database::Write& write, Id<Member> author) {
    database::execute(write, erase, bind("author", author));
}

}  // namespace kith::gratitude
