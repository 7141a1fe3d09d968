#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database/session.hpp"
#include "essays/essay.hpp"
#include "essays/letter_state.hpp"
#include "essays/offer.hpp"
#include "members/member.hpp"

namespace kith::essays {

struct ReachOut;  // the tag of Id<ReachOut>

/// Someone who can be written to.
struct Recipient {
    Id<Member> id;
    PublicId public_id;
    std::string name;
    Role role = Role::member;
    bool has_avatar = false;
    bool listed = false;
    std::optional<bool> takes_letters;  ///< none: they have said nothing yet
    std::optional<bool> takes_guests;
    std::optional<std::string> when_read;
    std::optional<std::int64_t> answer_days;
    std::optional<std::string> languages;
    std::optional<std::string> expect;

    [[nodiscard]] Offer offer() const;
};
BOOST_DESCRIBE_STRUCT(Recipient, (),
                      (id, public_id, name, role, has_avatar, listed, takes_letters, takes_guests,
                       when_read, answer_days, languages, expect))

/// The author of an essay that the viewer reads, if the two aren't apart.
[[nodiscard]] std::optional<Recipient> find_author(database::Read& read, Viewer const& viewer,
                                                   Id<Member> author);
/// A member whose page the viewer may see, or for a stranger a guide.
[[nodiscard]] std::optional<Recipient> find_recipient(database::Read& read, Viewer const& viewer,
                                                      PublicId const& id);
/// What the viewer has said about themselves.
[[nodiscard]] std::optional<Offer> own_offer(database::Read& read, Viewer const& viewer);
void keep_offer(database::Write& write, Id<Member> member, Offer const& offer, Time at);

/// An exchange of letters as one of the two sees it. Whoever can't be written to any more, for
/// whatever reason, has a closed one without a name.
struct ReachOutRow {
    Id<ReachOut> id;
    PublicId public_id;
    Id<Member> recipient;
    std::optional<Id<Member>> sender;
    bool to_viewer = false;
    std::string other_name;
    std::optional<PublicId> other_id;   ///< where the viewer may see their page
    std::optional<PublicId> member_id;  ///< of a member whose name is given
    bool other_is_guest = false;
    std::optional<std::string> guest_email;
    std::string language;
    LetterState state = LetterState::received;
    Time written_at{};
    std::optional<Time> read_at;
    Time changed_at{};
};
BOOST_DESCRIBE_STRUCT(ReachOutRow, (),
                      (id, public_id, recipient, sender, to_viewer, other_name, other_id, member_id,
                       other_is_guest, guest_email, language, state, written_at, read_at,
                       changed_at))

struct LetterRow {
    bool by_recipient = false;
    std::string html;
    Time written_at{};
};
BOOST_DESCRIBE_STRUCT(LetterRow, (), (by_recipient, html, written_at))

/// The exchange, if the viewer is one of the two; nobody else reads it, whatever their role.
[[nodiscard]] std::optional<ReachOutRow> find_reach_out(database::Read& read, Viewer const& viewer,
                                                        PublicId const& id);
/// A guest's exchange by their link, while it holds.
[[nodiscard]] std::optional<ReachOutRow> find_by_link(database::Read& read, Viewer const& guest,
                                                      std::string_view token_hash, Time now);
/// The viewer's exchanges, what changed last first.
[[nodiscard]] std::vector<ReachOutRow> list_reach_outs(database::Read& read, Viewer const& viewer);
[[nodiscard]] std::vector<LetterRow> letters_of(database::Read& read, Viewer const& viewer,
                                                ReachOutRow const& reach_out);
/// How many letters to the viewer wait for an answer.
[[nodiscard]] std::int64_t count_waiting(database::Read& read, Viewer const& viewer);
/// The viewer's letters that were answered since `since`.
[[nodiscard]] std::vector<PublicId> answered_since(database::Read& read, Viewer const& viewer,
                                                   Time since);

struct ReachOutToAdd {
    PublicId public_id;
    Id<Member> recipient;
    std::optional<Id<Member>> sender;
    std::string guest_name;
    std::optional<std::string> guest_email;
    std::string language;
    std::optional<Id<Essay>> essay;
    LetterState state = LetterState::received;
    std::optional<std::string> idempotency_key;
    Time at{};
};
/// Begins an exchange; none when it was sent before with the same key.
[[nodiscard]] std::optional<Id<ReachOut>> insert_reach_out(database::Write& write,
                                                           ReachOutToAdd const& add);

/// A letter's words, as they were typed and as they are shown.
struct LetterWords {
    std::string markdown;
    std::string html;
};
enum class WrittenBy { sender, recipient };
/// Adds a letter; false when it was sent before with the same key.
bool insert_letter(database::Write& write, Id<ReachOut> reach_out, WrittenBy by,
                   LetterWords const& words, Time at,
                   std::optional<std::string> const& idempotency_key = {});
void insert_link(database::Write& write, Id<ReachOut> reach_out, std::string_view token_hash,
                 Time expires_at);
/// Read: notes when. Closed: forgets a guest's address.
void change_state(database::Write& write, Id<ReachOut> reach_out, LetterState state, Time at);
/// Notes that the recipient has opened what was written so far.
void note_read(database::Write& write, Id<ReachOut> reach_out, Time at);

/// Ends old links, closes what a guest left long ago, and takes away what was never confirmed.
void tidy_reach_outs(database::Write& write, Time now);
/// Takes away the member's own words, and closes every exchange of theirs.
void erase_reach_outs(database::Write& write, Id<Member> member);

/// A letter that the member wrote, for their own copy.
struct OwnLetter {
    std::string markdown;
    Time written_at{};
};
BOOST_DESCRIBE_STRUCT(OwnLetter, (), (markdown, written_at))
[[nodiscard]] std::vector<OwnLetter> letters_by(database::Read& read, Viewer const& viewer,
                                                Id<Member> member);

}  // namespace kith::essays
