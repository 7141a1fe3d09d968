#pragma once
// How a room lets what it holds be found: it names its kinds, and for each of them gives a search
// that shows only what the viewer may read, and a way to put all of it in the index anew. It keeps
// the index itself within the deeds that write; see database/search.hpp.

#include <boost/describe.hpp>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "database/search.hpp"

namespace kith::web {

class Call;

/// What is looked for, and which page of it.
struct SearchWish {
    database::SearchQuery const& query;
    database::LastWord last = database::LastWord::whole;
    std::int64_t before = std::numeric_limits<std::int64_t>::max();  ///< entries older than this
    std::size_t at_most = 0;
};

/// One found thing, as a page of results shows it.
struct FoundThing {
    std::int64_t entry = 0;  ///< its place in the index; never shown
    std::string url;
    std::string title;
    std::optional<std::string> content_note;  ///< then no snippet: nobody meets it unasked
    std::vector<database::SnippetPart> snippet;
    std::string about;  ///< who, and what it is: one line
    std::optional<Time> at;
};

/// A kind of thing that can be found.
struct SearchKind {
    std::string_view name;     ///< in the address and in the index: "essays"
    std::string_view heading;  ///< a word of the catalogue: "essays.search_heading"
    bool for_members = false;  ///< a stranger never finds any
    /// What the viewer may see of it, newest first; the same number of statements for everybody.
    std::function<std::vector<FoundThing>(Call&, SearchWish const&)> find;
    /// Puts those after `after` in the index, at most `at_most`; gives the last, or 0 at the end.
    std::function<std::int64_t(database::Write&, std::int64_t after, std::size_t at_most)> reindex;
};

}  // namespace kith::web
