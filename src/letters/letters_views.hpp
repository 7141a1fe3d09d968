#pragma once

#include <optional>
#include <string>
#include <vector>

#include "letters/keys_store.hpp"
#include "letters/letters_store.hpp"
#include "web/call.hpp"
#include "web/slice.hpp"

namespace kith::letters {

inline constexpr std::string_view letters_path = "/letters";
inline constexpr std::string_view keys_path = "/letters/keys";
inline constexpr std::string_view new_path = "/letters/new";
inline constexpr std::string_view conversation_pattern = "/letters/{id}";

/// What the browser's part of each page of letters begins with.
struct Desk {
    std::string script_url;
    std::string library_url;
    std::string member_id;
    bool has_keys = false;
    bool fresh = false;     ///< keys and wraps can be changed now
    std::string again_url;  ///< where the viewer shows that it is them, so that they can
};
BOOST_DESCRIBE_STRUCT(Desk, (), (script_url, library_url, member_id, has_keys, fresh, again_url))

/// A conversation in the list.
struct ConversationLine {
    PublicId id;
    std::string url;
    bool open = false;
    std::optional<std::string> name;  ///< of an open one
    std::optional<std::string> day;   ///< of its last letter
    bool waits = false;
    std::optional<std::string> distance_url;  ///< from the other of an open one
};
BOOST_DESCRIBE_STRUCT(ConversationLine, (), (id, url, open, name, day, waits, distance_url))

/// With whom the viewer exchanges letters.
struct LettersPage {
    static constexpr std::string_view page = "letters/letters";
    Desk desk;
    std::vector<ConversationLine> items;
    bool any = false;
};
BOOST_DESCRIBE_STRUCT(LettersPage, (), (desk, items, any))

/// A member's own keys and notes, all of it wrapped or sealed.
struct KeysPage {
    static constexpr std::string_view page = "letters/keys";
    Desk desk;
    std::optional<OwnKeys> keys;
    Notes notes;
};
BOOST_DESCRIBE_STRUCT(KeysPage, (), (desk, keys, notes))

/// Where a conversation begins.
struct BeginPage {
    static constexpr std::string_view page = "letters/begin";
    std::string name;
    std::string to;
};
BOOST_DESCRIBE_STRUCT(BeginPage, (), (name, to))

/// A letter as the page has it: sealed.
struct LetterView {
    PublicId id;
    bool own = false;
    std::int64_t sequence = 0;
    std::string sealed;
    Time at{};
    std::optional<std::string> picture_url;
    std::optional<std::string> unsend_url;  ///< while it can be taken back
    bool read = false;                      ///< known by consent of both
};
BOOST_DESCRIBE_STRUCT(LetterView, (),
                      (id, own, sequence, sealed, at, picture_url, unsend_url, read))

/// A conversation. A closed one is there with its letters and nothing else.
struct ConversationPage {
    static constexpr std::string_view page = "letters/conversation";
    Desk desk;
    PublicId id;
    std::string url;
    bool open = false;
    bool near = false;
    bool kin = false;  ///< how to reach each other elsewhere is theirs to tell
    std::optional<std::string> name;
    std::optional<PublicId> other_id;
    std::optional<PublicKey> key;  ///< the other's, once they have one
    std::optional<std::string> other_url;
    std::optional<std::string> bond_url;
    std::optional<std::string> distance_url;
    std::optional<std::string> live_url;
    bool receipts = false;  ///< the viewer lets the other see what they have read
    std::int64_t last_sequence = 0;
    std::vector<LetterView> letters;
    std::optional<std::string> earlier_url;
    std::optional<std::string> later_url;
};
BOOST_DESCRIBE_STRUCT(ConversationPage, (),
                      (desk, id, url, open, near, kin, name, other_id, key, other_url, bond_url,
                       distance_url, live_url, receipts, last_sequence, letters, earlier_url,
                       later_url))

struct KeysForm {
    std::string recipient;
    std::string verify_key;
    std::string proof;
    std::string by_passphrase;
    std::string by_code;   ///< either is empty where other wraps leave it as it is
    std::string replaces;  ///< the recipient that these come after; empty for the first
};
BOOST_DESCRIBE_STRUCT(KeysForm, (),
                      (recipient, verify_key, proof, by_passphrase, by_code, replaces))

struct NotesForm {
    std::int64_t version = 0;
    std::string sealed;
};
BOOST_DESCRIBE_STRUCT(NotesForm, (), (version, sealed))

struct BeginForm {
    PublicId to;
};
BOOST_DESCRIBE_STRUCT(BeginForm, (), (to))

struct SendForm {
    std::string sealed;
    std::string picture;
    std::int64_t sequence = 0;
    std::string recipient;      ///< the other's, for whom it is sealed
    std::string own_recipient;  ///< the sender's
    std::string idempotency_key;
};
BOOST_DESCRIBE_STRUCT(SendForm, (),
                      (sealed, picture, sequence, recipient, own_recipient, idempotency_key))

struct ReadForm {
    PublicId last;  ///< of the other's letters that were shown, the latest
};
BOOST_DESCRIBE_STRUCT(ReadForm, (), (last))

[[nodiscard]] Desk desk_of(web::Call& call);
[[nodiscard]] std::string url_of(PublicId const& conversation);
/// The viewer's own conversation of the path's {id}; else it is missing.
[[nodiscard]] ConversationRow own_conversation(web::Call const& call, database::Read& read);

web::Answer show_letters(web::Call& call);
web::Answer show_keys(web::Call& call);
web::Answer show_begin(web::Call& call);
web::Answer show_conversation(web::Call& call);
web::Answer show_picture(web::Call& call);
web::Answer show_live(web::Call& call);

web::Outcome act_keys(web::Call& call);
web::Outcome act_rewrap(web::Call& call);
web::Outcome act_notes(web::Call& call);
web::Outcome act_begin(web::Call& call);
web::Outcome act_send(web::Call& call);
web::Outcome act_take_back(web::Call& call);
web::Outcome act_read(web::Call& call);
web::Outcome act_receipts(web::Call& call);
web::Outcome act_no_receipts(web::Call& call);

}  // namespace kith::letters
