#pragma once
// The full-text index of both engines behind one interface. Content lives in the rooms' own tables:
// the index holds the words of each thing, under its kind and its row's id. A room's store looks
// things up by a statement of its own that begins at `found`, so that what the viewer may see is
// decided in the same statement, by the room that knows:
//
//   constexpr Sql essays_found = in_found<R"(
//       select f.id, e.title … from found f cross join essays e
//       where e.id = f.thing and … order by f.id desc limit :at_most)">;
//   rows<Row>(read, essays_found, bind("found", found_by(…)), bind("before", …), …);

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "database/search_words.hpp"
#include "database/session.hpp"

namespace kith::database {

/// Where something is shown at all: what the index is asked for first, so that a search never goes
/// through more than its viewer may read. The room's own statement decides.
struct SearchScope {
    std::string text;

    [[nodiscard]] static SearchScope anyone() { return {"anyone"}; }
    [[nodiscard]] static SearchScope members() { return {"members"}; }
    [[nodiscard]] static SearchScope group(std::int64_t id) { return {"g" + std::to_string(id)}; }
    bool operator==(SearchScope const&) const = default;
};

/// What the index keeps of one thing.
struct SearchEntry {
    std::string_view kind;   ///< letters only: "essays"
    std::int64_t thing = 0;  ///< its row's id
    SearchScope scope;
    std::string_view language;  ///< of its words: "de"
    std::string_view words;     ///< as search_words() gives them
};

/// Puts a thing that wasn't findable yet, as the newest of its kind.
void add_to_search(Write& write, SearchEntry const& entry);
/// Puts a thing as it now is; one that was there keeps its place.
void put_in_search(Write& write, SearchEntry const& entry);
/// Says anew where the thing is shown, if it is in the index.
void set_search_scope(Write& write, std::string_view kind, std::int64_t thing,
                      SearchScope const& scope);
/// From now on the thing isn't found.
void take_from_search(Write& write, std::string_view kind, std::int64_t thing);
/// Takes everything out: the index is about to be made anew.
void empty_search(Write& write);

/// Whether the last word must stand as it was typed, or may be the beginning of a longer one.
enum class LastWord { whole, begun };

/// The value for `:found`. `language` is the reader's: PostgreSQL knows forms of its words.
[[nodiscard]] std::string found_by(Read& read, SearchQuery const& query, LastWord last,
                                   std::string_view kind, std::span<SearchScope const> scopes,
                                   std::string_view language);

namespace detail {

inline constexpr std::string_view found_on_sqlite = R"(
    with found as (
        select search_index.rowid as id, i.thing as thing
        from search_index cross join search_entries i
        where i.id = search_index.rowid and search_index match :found
          and search_index.rowid < :before))";
inline constexpr std::string_view found_on_postgres = R"(
    with found as (
        select i.id as id, i.thing as thing
        from search_entries i
        where i.words @@ ((to_tsquery('simple', split_part(:found, chr(10), 1))
                  || to_tsquery(cast(split_part(:found, chr(10), 2) as regconfig),
                                split_part(:found, chr(10), 1)))
               && !! to_tsquery('simple', split_part(:found, chr(10), 3)))
          and i.kind = split_part(:found, chr(10), 4)
          and i.scope = any (string_to_array(split_part(:found, chr(10), 5), ' '))
          and i.id < :before))";

/// A statement as an argument of a template.
template <std::size_t size>
struct FoundStatement {
    char text[size];
    consteval FoundStatement(char const (&from)[size]) {  // NOLINT(google-explicit-constructor)
        for (std::size_t at = 0; at < size; ++at) text[at] = from[at];
    }
};

template <FoundStatement statement>
struct InFound {
    template <std::size_t before>
    static consteval auto after(std::string_view begin) {
        std::array<char, before + sizeof(statement.text)> all{};
        for (std::size_t at = 0; at < before; ++at) all[at] = begin[at];
        for (std::size_t at = 0; at < sizeof(statement.text); ++at)
            all[before + at] = statement.text[at];
        return all;
    }
    static constexpr auto sqlite = after<found_on_sqlite.size()>(found_on_sqlite);
    static constexpr auto postgres = after<found_on_postgres.size()>(found_on_postgres);
};

}  // namespace detail

/// `statement` with `found (id, thing)` before it: what found_by() finds with an id below
/// `:before`. Say `order by f.id desc limit …`, the newest first: the index is then read only as
/// far as the page goes.
template <detail::FoundStatement statement>
inline constexpr Sql in_found{PerEngine{detail::InFound<statement>::sqlite.data(),
                                        detail::InFound<statement>::postgres.data()}};

}  // namespace kith::database
