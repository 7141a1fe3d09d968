#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/public_id.hpp"

namespace kith::essays {

/// One essay in a feed.
struct FeedEntry {
    PublicId id;
    std::string url;  ///< whole
    std::string title;
    std::string author;
    std::string summary;
    std::string html;  ///< empty where a content note folds the text
    Time published_at{};
    Time edited_at{};
};

/// A feed of the newest essays.
struct Feed {
    std::string title;
    std::string language;
    std::string site_url;   ///< "https://example.org", without a final '/'
    std::string path;       ///< of the feed itself
    std::string page_path;  ///< of the page that it follows
    std::vector<FeedEntry> entries;
};

/// The feed as Atom (RFC 4287). An entry keeps its id for good, wherever the site moves.
[[nodiscard]] std::string atom_of(Feed const& feed);

}  // namespace kith::essays
