#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/call.hpp"
#include "web/search.hpp"
#include "web/slice.hpp"

namespace kith::search {

/// Something that was found. Its snippet is plain text in parts: no markup of its author's.
struct FoundItem {
    std::string url;
    std::string title;
    std::optional<std::string> content_note;
    std::vector<database::SnippetPart> snippet;
    bool has_snippet = false;
    std::string about;
    std::optional<Time> at;
};
BOOST_DESCRIBE_STRUCT(FoundItem, (), (url, title, content_note, snippet, has_snippet, about, at))

/// What was found of one kind; there is no count of the rest.
struct FoundKind {
    std::string name;
    std::string heading;
    std::vector<FoundItem> items;
    std::optional<std::string> all_url;  ///< where several kinds are shown and this one has more
};
BOOST_DESCRIBE_STRUCT(FoundKind, (), (name, heading, items, all_url))

/// A kind that can be chosen.
struct KindChoice {
    std::string heading;
    std::string url;
    bool chosen = false;
};
BOOST_DESCRIBE_STRUCT(KindChoice, (), (heading, url, chosen))

struct SearchPage {
    static constexpr std::string_view page = "search/search";
    std::string q;
    std::string kind;           ///< empty for all
    bool asked = false;         ///< there is something to look for
    bool only_without = false;  ///< only words to do without
    bool cut = false;
    std::vector<KindChoice> choices;
    std::vector<FoundKind> found;  ///< kinds of which something was found
    std::optional<std::string> next;
    std::optional<std::string> next_url;
    std::optional<std::string> first_url;
    std::optional<std::string> everything_url;  ///< where one kind is shown
};
BOOST_DESCRIBE_STRUCT(SearchPage, (),
                      (q, kind, asked, only_without, cut, choices, found, next, next_url, first_url,
                       everything_url))

[[nodiscard]] web::Answer show_search(web::Call& call);

}  // namespace kith::search
