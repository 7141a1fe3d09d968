#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "circles/circles_store.hpp"
#include "circles/conversation_views.hpp"
#include "circles/entry_store.hpp"
#include "database/session.hpp"

namespace kith::circles {

/// A conversation as a list shows it: its last words are the last that the viewer may see.
struct ConversationLine {
    Id<Conversation> id;
    PublicId public_id;
    std::string title;
    std::string content_note;
    bool pinned = false;
    bool closed = false;
    std::string begun_by;
    std::optional<std::string> last_by;
    Time at{};
    bool new_to_viewer = false;
    Id<Member> author;
};
BOOST_DESCRIBE_STRUCT(ConversationLine, (),
                      (id, public_id, title, content_note, pinned, closed, begun_by, last_by, at,
                       new_to_viewer, author))

/// The conversations of a circle that the viewer may read: pinned ones first, then by the last
/// words in each; at most `at_most` after `after`.
[[nodiscard]] std::vector<ConversationLine> conversations_in(database::Read& read,
                                                             Viewer const& viewer,
                                                             Id<Circle> circle,
                                                             Id<Conversation> after,
                                                             std::size_t at_most);

/// In which of the viewer's circles something is new to them.
[[nodiscard]] std::vector<WaitingRow> circles_with_news(database::Read& read, Viewer const& viewer);

/// A conversation with how it began, as the viewer may read it.
struct ConversationRow {
    Id<Conversation> id;
    PublicId public_id;
    PublicId circle;
    Id<talk::Discussion> discussion;
    Id<Member> author;
    PublicId author_id;
    std::string author_name;
    Role author_role = Role::member;
    bool author_has_avatar = false;
    bool author_has_page = false;
    std::string title;
    std::string content_note;
    AsksFor asks_for = AsksFor::nothing;
    std::string html;
    Time begun_at{};
    bool pinned = false;
    bool closed = false;
    bool open_to_later = false;
    std::int64_t slow_minutes = 0;
    std::int64_t readers = 0;              ///< in a small circle: who may read it
    std::optional<PublicId> last_comment;  ///< that the viewer may see
    bool new_to_viewer = false;
    std::optional<Time> spoke_at;  ///< when the viewer spoke last
};
BOOST_DESCRIBE_STRUCT(ConversationRow, (),
                      (id, public_id, circle, discussion, author, author_id, author_name,
                       author_role, author_has_avatar, author_has_page, title, content_note,
                       asks_for, html, begun_at, pinned, closed, open_to_later, slow_minutes,
                       readers, last_comment, new_to_viewer, spoke_at))
[[nodiscard]] std::optional<ConversationRow> find_conversation(database::Read& read,
                                                               Viewer const& viewer,
                                                               PublicId const& conversation);

/// A conversation to be begun.
struct ConversationToAdd {
    PublicId public_id;
    Id<Circle> circle;
    Id<talk::Discussion> discussion;
    Id<Member> author;
    std::string title;
    std::string content_note;
    AsksFor asks_for = AsksFor::nothing;
    std::string markdown;
    std::string html;
    std::optional<std::string> idempotency_key;
    Time at{};
};
void insert_conversation(database::Write& write, ConversationToAdd const& conversation);
/// What the same author has already begun under this key.
[[nodiscard]] std::optional<PublicId> begun_before(database::Read& read, Viewer const& author,
                                                   std::string_view key);
/// Whether the viewer has already sent a comment under this key.
[[nodiscard]] bool said_before(database::Read& read, Viewer const& viewer, std::string_view key);

void set_pinned(database::Write& write, Id<Conversation> conversation, bool pinned);
void set_closed(database::Write& write, Id<Conversation> conversation, bool closed);
void set_open_to_later(database::Write& write, Id<Conversation> conversation, bool open);
void set_slow(database::Write& write, Id<Conversation> conversation, std::int64_t minutes);
/// Empties the place: its words are gone, and nobody reads it any more.
void withdraw(database::Write& write, Id<Conversation> conversation);

/// Notes how far the member has read: up to `comment`, or that they have opened it. Never back.
void note_read(database::Write& write, ConversationRow const& conversation, Id<Member> member,
               std::optional<PublicId> const& comment);

}  // namespace kith::circles
