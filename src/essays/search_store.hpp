#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "essays/essay.hpp"
#include "web/search.hpp"

namespace kith::essays {

inline constexpr std::string_view found_essays = "essays";

/// An essay that was found.
struct FoundEssayRow {
    std::int64_t entry = 0;
    std::string slug;
    std::string title;
    std::string summary;
    std::string content_note;
    std::string markdown;
    std::string author_name;
    std::optional<Time> published_at;
};
BOOST_DESCRIBE_STRUCT(FoundEssayRow, (),
                      (entry, slug, title, summary, content_note, markdown, author_name,
                       published_at))

/// The published essays that the viewer may read, of those found; newest first.
[[nodiscard]] std::vector<FoundEssayRow> find_essays(database::Read& read, Viewer const& viewer,
                                                     std::string_view language,
                                                     web::SearchWish const& wish);

/// Puts an essay in the index as it now stands; a draft or a withdrawn one is taken out.
void index_essay(database::Write& write, Id<Essay> essay);
/// Takes all essays of a member out.
void unindex_essays(database::Write& write, Id<Member> author);
/// Puts the essays after `after` in the index; gives the last of them, or 0 at the end.
[[nodiscard]] std::int64_t index_essays(database::Write& write, std::int64_t after,
                                        std::size_t at_most);

}  // namespace kith::essays
