#include "database/search.hpp"

#include <algorithm>
#include <array>

#include "base/limits.hpp"

namespace kith::database {
namespace {

/// An entry as the index last learned of it: what is to be forgotten must be said word by word.
struct Kept {
    std::int64_t id = 0;
    std::string scope;
    std::string words;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (id, scope, words))

constexpr Sql kept_entry =
    "select id, scope, words from search_entries where kind = :kind and thing = :thing";
constexpr Sql add_entry{{
    .sqlite = "insert into search_entries (kind, thing, scope, words)"
              " values (:kind, :thing, :scope, :words) returning id",
    .postgres = "insert into search_entries (kind, thing, scope, words)"
                " values (:kind, :thing, :scope, case when :language = 'simple'"
                " then to_tsvector('simple', :words) else to_tsvector('simple', :words)"
                " || to_tsvector(cast(:language as regconfig), :words) end)"
                " on conflict (kind, thing) do update set scope = excluded.scope,"
                " words = excluded.words",
}};
constexpr Sql index_entry =
    "insert into search_index (rowid, kind, scope, words) values (:id, :kind, :scope, :words)";
constexpr Sql forget_words =
    "insert into search_index (search_index, rowid, kind, scope, words)"
    " values ('delete', :id, :kind, :scope, :words)";
constexpr Sql change_entry =
    "update search_entries set scope = :scope, words = :words where id = :id";
constexpr Sql change_scope =
    "update search_entries set scope = :scope where kind = :kind and thing = :thing";
constexpr Sql remove_entry = "delete from search_entries where kind = :kind and thing = :thing";
constexpr Sql remove_all_entries = "delete from search_entries";
constexpr Sql forget_all_words = "insert into search_index (search_index) values ('delete-all')";

bool is_sqlite(Read& read) { return read.engine() == Engine::sqlite; }

/// PostgreSQL's name for what it knows of a language; 'simple' knows nothing.
std::string configuration(std::string_view language) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 16> known{{
        {"ar", "arabic"},
        {"da", "danish"},
        {"de", "german"},
        {"en", "english"},
        {"es", "spanish"},
        {"fi", "finnish"},
        {"fr", "french"},
        {"hu", "hungarian"},
        {"it", "italian"},
        {"nl", "dutch"},
        {"no", "norwegian"},
        {"pt", "portuguese"},
        {"ro", "romanian"},
        {"ru", "russian"},
        {"sv", "swedish"},
        {"tr", "turkish"},
    }};
    auto const short_name = language.substr(0, language.find('-'));
    auto const* const found =
        std::ranges::find(known, short_name, &std::pair<std::string_view, std::string_view>::first);
    return std::string(found == known.end() ? "simple" : found->second);
}

/// FTS5 puts the words that it was told of on the disk at every savepoint after: told at the end,
/// those of all deeds in a transaction become one piece of the index.
void tell_index(Write& write, Sql const& told, std::string_view kind, Kept const& entry) {
    write.at_end([&told, kind = std::string(kind), entry](Write& end) {
        execute(end, told, bind("id", entry.id), bind("kind", kind), bind("scope", entry.scope),
                bind("words", entry.words));
    });
}

void index(Write& write, std::string_view kind, Kept const& entry) {
    tell_index(write, index_entry, kind, entry);
}

void forget(Write& write, std::string_view kind, Kept const& entry) {
    tell_index(write, forget_words, kind, entry);
}

std::optional<Kept> kept(Write& write, std::string_view kind, std::int64_t thing) {
    return maybe<Kept>(write, kept_entry, bind("kind", kind), bind("thing", thing));
}

void change_on_sqlite(Write& write, std::string_view kind, Kept const& before, Kept const& now) {
    if (before.scope == now.scope && before.words == now.words) return;
    forget(write, kind, before);
    execute(write, change_entry, bind("id", now.id), bind("scope", now.scope),
            bind("words", now.words));
    index(write, kind, now);
}

void put_on_postgres(Write& write, SearchEntry const& entry) {
    execute(write, add_entry, bind("kind", entry.kind), bind("thing", entry.thing),
            bind("scope", entry.scope.text), bind("language", configuration(entry.language)),
            bind("words", entry.words));
}

/// The words of the index that begin with `begin`, by the alphabet. One look for each of them: the
/// engine's own search for beginnings would read every place of every such word first.
constexpr Sql words_that_begin = R"(
    with recursive known (term) as (
        select (select v.term from search_terms v where v.term >= :begin limit 1)
        union all
        select (select v.term from search_terms v where v.term >= known.term || char(1) limit 1)
        from known where known.term is not null and substr(known.term, 1, length(:begin)) = :begin
        limit :at_most)
    select term from known
    where term is not null and substr(term, 1, length(:begin)) = :begin)";

std::string with_glue(std::vector<std::string> const& parts, std::string_view glue) {
    std::string text;
    for (auto const& part : parts) text.append(text.empty() ? "" : glue).append(part);
    return text;
}

/// A term of FTS5: "one two", or one of several such that end in what begins alike.
std::string on_sqlite(Read& read, SearchTerm term, bool begins) {
    // A letter of what is written together stands in the index alone as well.
    if (!begins) begins = term.begins && term.tokens.size() > 1;
    std::vector<std::string> lasts{term.tokens.back()};
    if (begins) {
        lasts = rows<std::string>(read, words_that_begin, bind("begin", term.tokens.back()),
                                  bind("at_most", limits::search_beginnings_max));
        if (lasts.empty()) lasts.push_back(term.tokens.back());
    }
    std::vector<std::string> choices;
    for (auto const& last : lasts) {
        term.tokens.back() = last;
        choices.push_back("\"" + with_glue(term.tokens, " ") + "\"");
    }
    return "(" + with_glue(choices, " OR ") + ")";
}

std::string on_sqlite(Read& read, SearchQuery const& query, bool begun, std::string_view kind,
                      std::span<SearchScope const> scopes) {
    std::vector<std::string> in;
    for (auto const& scope : scopes) in.push_back("\"" + scope.text + "\"");
    std::vector<std::string> with;
    for (auto const& term : query.with)
        with.push_back(on_sqlite(read, term, begun && &term == &query.with.back()));
    std::string text = "((scope : (" + with_glue(in, " OR ") + ")) AND (kind : \"" +
                       std::string(kind) + "\") AND (words : (" + with_glue(with, " AND ") + ")))";
    std::vector<std::string> without;
    for (auto const& term : query.without) without.push_back(on_sqlite(read, term, false));
    if (!without.empty()) text += " NOT (words : (" + with_glue(without, " OR ") + "))";
    return text;
}

std::string on_postgres(std::vector<SearchTerm> const& terms, std::string_view glue, bool begun) {
    std::vector<std::string> written;
    for (auto const& term : terms) {
        std::vector<std::string> tokens;
        for (auto const& token : term.tokens) tokens.push_back("'" + token + "'");
        bool const begins = term.begins || (begun && &term == &terms.back());
        written.push_back("(" + with_glue(tokens, " <-> ") + (begins ? ":*)" : ")"));
    }
    return with_glue(written, glue);
}

std::string on_postgres(SearchQuery const& query, bool begun, std::string_view kind,
                        std::span<SearchScope const> scopes, std::string_view language) {
    std::vector<std::string> in;
    for (auto const& scope : scopes) in.push_back(scope.text);
    return with_glue(
        {on_postgres(query.with, " & ", begun), configuration(language),
         on_postgres(query.without, " | ", false), std::string(kind), with_glue(in, " ")},
        "\n");
}

}  // namespace

void add_to_search(Write& write, SearchEntry const& entry) {
    if (!is_sqlite(write)) return put_on_postgres(write, entry);
    auto const id = number(write, add_entry, bind("kind", entry.kind), bind("thing", entry.thing),
                           bind("scope", entry.scope.text), bind("words", entry.words));
    index(write, entry.kind, {id, entry.scope.text, std::string(entry.words)});
}

void put_in_search(Write& write, SearchEntry const& entry) {
    if (!is_sqlite(write)) return put_on_postgres(write, entry);
    auto const before = kept(write, entry.kind, entry.thing);
    if (!before) return add_to_search(write, entry);
    change_on_sqlite(write, entry.kind, *before,
                     {before->id, entry.scope.text, std::string(entry.words)});
}

void set_search_scope(Write& write, std::string_view kind, std::int64_t thing,
                      SearchScope const& scope) {
    if (!is_sqlite(write)) {
        execute(write, change_scope, bind("scope", scope.text), bind("kind", kind),
                bind("thing", thing));
        return;
    }
    auto const before = kept(write, kind, thing);
    if (before) change_on_sqlite(write, kind, *before, {before->id, scope.text, before->words});
}

void take_from_search(Write& write, std::string_view kind, std::int64_t thing) {
    if (is_sqlite(write)) {
        auto const before = kept(write, kind, thing);
        if (!before) return;
        forget(write, kind, *before);
    }
    execute(write, remove_entry, bind("kind", kind), bind("thing", thing));
}

void empty_search(Write& write) {
    execute(write, remove_all_entries);
    if (is_sqlite(write)) write.at_end([](Write& end) { execute(end, forget_all_words); });
}

std::string found_by(Read& read, SearchQuery const& query, LastWord last, std::string_view kind,
                     std::span<SearchScope const> scopes, std::string_view language) {
    bool const begun = last == LastWord::begun && query.last_may_go_on;
    return is_sqlite(read) ? on_sqlite(read, query, begun, kind, scopes)
                           : on_postgres(query, begun, kind, scopes, language);
}

}  // namespace kith::database
