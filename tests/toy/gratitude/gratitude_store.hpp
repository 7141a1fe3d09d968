#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "base/viewer.hpp"
#include "database/session.hpp"

namespace kith::gratitude {

struct Note {
    PublicId id;
    std::string words;
    Time written_at;
};
BOOST_DESCRIBE_STRUCT(Note, (), (id, words, written_at))

/// The viewer's own notes, newest first; nobody else's.
[[nodiscard]] std::vector<Note> notes_of(database::Read& read, Viewer const& viewer);
void add_note(database::Write& write, Viewer const& author, Note const& note);
void erase_notes(database::Write& write, Id<Member> author);

}  // namespace kith::gratitude
