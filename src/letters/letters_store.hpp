#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/seal.hpp"
#include "letters/conversations_store.hpp"

namespace kith::letters {

struct Letter;  // the tag of Id<Letter>

/// A letter as one of the two has it: their own from when they wrote it, the other's from when it
/// was delivered.
struct LetterRow {
    Id<Letter> id;
    PublicId public_id;
    bool own = false;
    std::int64_t sequence = 0;
    std::string sealed;
    bool has_picture = false;
    Time at{};                         ///< its place in the conversation
    std::optional<Time> unsend_until;  ///< of one's own
    std::optional<Time> read_at;
};
BOOST_DESCRIBE_STRUCT(LetterRow, (),
                      (id, public_id, own, sequence, sealed, has_picture, at, unsend_until,
                       read_at))

/// Which of a conversation's letters: at most `at_most` before or after a place.
struct LetterWish {
    enum class Way { before, after };
    Way way = Way::before;
    Time at{};
    std::int64_t letter = 0;
    std::size_t at_most = 0;
};

/// Letters of a conversation that the viewer has, in their order; of those before a place the
/// latest, of those after it the first.
[[nodiscard]] std::vector<LetterRow> letters_of(database::Read& read, Viewer const& viewer,
                                                Id<Conversation> conversation,
                                                LetterWish const& wish);
[[nodiscard]] std::optional<LetterRow> find_letter(database::Read& read, Viewer const& viewer,
                                                   Id<Conversation> conversation,
                                                   PublicId const& id);
/// The sealed picture of a letter that the viewer has.
[[nodiscard]] std::optional<std::string> picture_of(database::Read& read, Viewer const& viewer,
                                                    Id<Letter> letter);
/// The number of the viewer's last letter in the conversation; 0 before the first.
[[nodiscard]] std::int64_t last_sequence(database::Read& read, Viewer const& viewer,
                                         Id<Conversation> conversation);
/// The viewer's letter that was sent under this key, if there is one.
[[nodiscard]] std::optional<PublicId> sent_under(database::Read& read, Viewer const& viewer,
                                                 std::string const& once_key);

struct NewLetter {
    PublicId public_id;
    Id<Conversation> conversation;
    Id<Member> receiver;
    std::int64_t sequence = 0;
    std::string sealed;
    std::optional<std::string> picture;
    std::optional<std::string> once_key;
    Time written_at{};
    Time unsend_until{};
    Time deliver_at{};
};
void add_letter(database::Write& write, Viewer const& sender, NewLetter const& letter);
/// Takes back the viewer's own letter while it can be; false when it can't.
[[nodiscard]] bool take_back(database::Write& write, Viewer const& viewer, Id<Letter> letter,
                             Time now);
/// Notes that the viewer has read what was delivered to them in the conversation up to `last`;
/// false when letters after it still wait.
[[nodiscard]] bool mark_read(database::Write& write, Viewer const& viewer,
                             Id<Conversation> conversation, LetterRow const& last, Time now);

/// A letter that is to be delivered.
struct WaitingLetter {
    Id<Letter> id;
    PublicId public_id;
    PublicId conversation;
    Id<Member> sender;
    Id<Member> receiver;
    Time deliver_at{};
};
BOOST_DESCRIBE_STRUCT(WaitingLetter, (),
                      (id, public_id, conversation, sender, receiver, deliver_at))

/// A letter that wasn't delivered yet: for the server, which delivers it.
[[nodiscard]] std::optional<WaitingLetter> waiting_letter(database::Read& read,
                                                          Viewer const& viewer,
                                                          PublicId const& letter);
void note_delivered(database::Write& write, Id<Letter> letter, Time now);

/// A letter as a member takes it away.
struct LetterToExport {
    Id<Letter> id;
    PublicId public_id;
    std::string conversation;
    bool own = false;
    Time at{};
    std::string sealed;
    std::int64_t picture_size = 0;  ///< of its sealed picture's text; 0: it has none
};
BOOST_DESCRIBE_STRUCT(LetterToExport, (),
                      (id, public_id, conversation, own, at, sealed, picture_size))
/// In the order of their time.
[[nodiscard]] std::vector<LetterToExport> letters_to_export(database::Read& read,
                                                            Viewer const& viewer);

/// A letter and its conversation, whoever's: for the probes.
struct LetterPlace {
    PublicId conversation;
    PublicId letter;
};
BOOST_DESCRIBE_STRUCT(LetterPlace, (), (conversation, letter))
[[nodiscard]] std::vector<LetterPlace> letters_with_pictures(database::Read& read,
                                                             Viewer const& viewer);

}  // namespace kith::letters
