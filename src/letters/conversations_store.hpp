#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/public_id.hpp"
#include "base/viewer.hpp"
#include "database/session.hpp"

namespace kith::letters {

struct Conversation;  // the tag of Id<Conversation>: it has no fields but its sides and letters

/// A member to whom the viewer may write letters.
struct PersonRow {
    Id<Member> member;
    PublicId public_id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (member, public_id, name))

/// The member of this id, if letters are open between them and the viewer.
[[nodiscard]] std::optional<PersonRow> find_person(database::Read& read, Viewer const& viewer,
                                                   PublicId const& id);

/// A conversation as one of the two has it. Of a closed one nothing is told but that it is there:
/// the other's id and name are empty, for whatever reason it closed.
struct ConversationRow {
    Id<Conversation> id;
    PublicId public_id;
    Id<Member> other;
    bool open = false;
    PublicId other_id;
    std::string other_name;
    std::optional<Time> receipts_since;        ///< the viewer's own consent
    std::optional<Time> other_receipts_since;  ///< the other's
};
BOOST_DESCRIBE_STRUCT(ConversationRow, (),
                      (id, public_id, other, open, other_id, other_name, receipts_since,
                       other_receipts_since))

/// One of the viewer's own; anybody else's is missing.
[[nodiscard]] std::optional<ConversationRow> find_conversation(database::Read& read,
                                                               Viewer const& viewer,
                                                               PublicId const& id);
/// The public id of the viewer's conversation with `other`, if there is one.
[[nodiscard]] std::optional<PublicId> conversation_with(database::Read& read, Viewer const& viewer,
                                                        Id<Member> other);

/// A conversation in the list.
struct ConversationItem {
    PublicId public_id;
    bool open = false;
    PublicId other_id;           ///< empty when it is closed
    std::string other_name;      ///< likewise
    std::optional<Time> latest;  ///< of the last letter that the viewer has
    bool waits = false;          ///< a letter to the viewer wasn't read yet
};
BOOST_DESCRIBE_STRUCT(ConversationItem, (), (public_id, open, other_id, other_name, latest, waits))

/// All of the viewer's own, the latest letter first.
[[nodiscard]] std::vector<ConversationItem> list_conversations(database::Read& read,
                                                               Viewer const& viewer);
/// Whether a letter waits for the viewer.
[[nodiscard]] bool any_waits(database::Read& read, Viewer const& viewer);

/// Begins a conversation of the viewer with `other`; one that is there already stays.
void begin_conversation(database::Write& write, Viewer const& viewer, Id<Member> other,
                        PublicId const& id, Time now);
/// Everything of a member goes: keys, notes, their sides, and what hasn't reached anybody. A letter
/// that was delivered is its receiver's as well; it goes when both are gone.
void erase_letters(database::Write& write, Id<Member> member);

/// Some members, whoever they are: for the probes.
[[nodiscard]] std::vector<PublicId> some_members(database::Read& read, Viewer const& viewer);
/// All conversations, whoever's: for the probes.
[[nodiscard]] std::vector<PublicId> all_conversations(database::Read& read, Viewer const& viewer);

}  // namespace kith::letters
