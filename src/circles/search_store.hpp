#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "circles/circle.hpp"
#include "circles/conversation_views.hpp"
#include "web/search.hpp"

namespace kith::circles {

inline constexpr std::string_view found_circles = "circles";
inline constexpr std::string_view found_conversations = "conversations";

/// A circle that was found.
struct SearchedCircleRow {
    std::int64_t entry = 0;
    PublicId public_id;
    std::string name;
    std::string purpose;
};
BOOST_DESCRIBE_STRUCT(SearchedCircleRow, (), (entry, public_id, name, purpose))

/// Listed circles and those that the viewer belongs to, of those found; newest first.
[[nodiscard]] std::vector<SearchedCircleRow> find_circles(database::Read& read,
                                                          Viewer const& viewer,
                                                          std::string_view language,
                                                          web::SearchWish const& wish);

/// A conversation that was found by its title or by how it began.
struct SearchedConversationRow {
    std::int64_t entry = 0;
    PublicId public_id;
    std::string title;
    std::string content_note;
    std::string html;
    std::string begun_by;
    Time begun_at{};
};
BOOST_DESCRIBE_STRUCT(SearchedConversationRow, (),
                      (entry, public_id, title, content_note, html, begun_by, begun_at))

/// The conversations that the viewer may read, of those found; newest first.
[[nodiscard]] std::vector<SearchedConversationRow> find_conversations(database::Read& read,
                                                                      Viewer const& viewer,
                                                                      std::string_view language,
                                                                      web::SearchWish const& wish);

/// Puts a circle in the index as it now stands, or takes it out when it is gone.
void index_circle(database::Write& write, Id<Circle> circle);
/// Puts a conversation in the index, or takes it out when it was withdrawn.
void index_conversation(database::Write& write, Id<Conversation> conversation);
void index_conversation(database::Write& write, PublicId const& conversation);
/// The same for all that a member began.
void index_conversations_of(database::Write& write, Id<Member> author);
/// Takes everything of a circle out: it is about to be erased.
void unindex_circle(database::Write& write, Id<Circle> circle);
/// Put those after `after` in the index; give the last of them, or 0 at the end.
[[nodiscard]] std::int64_t index_circles(database::Write& write, std::int64_t after,
                                         std::size_t at_most);
[[nodiscard]] std::int64_t index_conversations(database::Write& write, std::int64_t after,
                                               std::size_t at_most);

}  // namespace kith::circles
