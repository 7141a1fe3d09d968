#include "base/limits.hpp"
#include "base/text.hpp"
#include "database/search_split.hpp"

namespace kith::database {
namespace {

/// A part of a question: a word or a phrase.
struct Piece {
    std::string_view text;
    bool without = false;
    bool quoted = false;
};

bool is_space(char32_t c) { return c <= 0x20 || c == 0xA0 || c == 0x3000; }
bool is_quote(char32_t c) { return c == '"' || (c >= 0x201C && c <= 0x201E); }
bool is_minus(char32_t c) { return c == '-' || c == 0x2212; }

/// Takes the pieces of a question one after the other.
class Pieces {
public:
    explicit Pieces(std::string_view text) : rest_(text) {}

    std::optional<Piece> next() {
        while (!rest_.empty() && is_space(ahead())) drop();
        if (rest_.empty()) return std::nullopt;
        Piece piece;
        if (is_minus(ahead())) {
            piece.without = true;
            while (!rest_.empty() && is_minus(ahead())) drop();
        }
        piece.quoted = !rest_.empty() && is_quote(ahead());
        if (piece.quoted) drop();
        auto const begin = rest_;
        while (!rest_.empty() && !ends(piece.quoted)) drop();
        piece.text = begin.substr(0, begin.size() - rest_.size());
        if (piece.quoted && !rest_.empty()) drop();
        return piece;
    }

private:
    [[nodiscard]] char32_t ahead() const {
        auto copy = rest_;
        return next_code_point(copy).value_or(0xFFFD);
    }
    void drop() { static_cast<void>(next_code_point(rest_)); }
    [[nodiscard]] bool ends(bool quoted) const {
        return is_quote(ahead()) || (!quoted && is_space(ahead()));
    }

    std::string_view rest_;
};

SearchTerm term_of(Piece const& piece) {
    SearchTerm term;
    for (auto& token : split_for(piece.text, SplitFor::question, limits::search_characters_max))
        term.tokens.push_back(std::move(token.text));
    // One letter of those stands in a pair with the next.
    if (!term.tokens.empty() && code_points(term.tokens.back()) == 1)
        term.begins = ends_written_together(term.tokens.back());
    return term;
}

bool may_go_on(Piece const& piece, SearchTerm const& term) {
    auto const& last = term.tokens.back();
    return !piece.quoted && !piece.without && !ends_written_together(last) &&
           code_points(last) >= limits::search_begun_characters_min;
}

bool matches(SearchToken const& token, std::string const& wanted, bool begins) {
    return begins ? token.text.starts_with(wanted) : token.text == wanted;
}

/// Whether `term` stands in `tokens` from `at` on.
bool stands_at(std::vector<SearchToken> const& tokens, std::size_t at, SearchTerm const& term,
               bool may_begin) {
    if (at + term.tokens.size() > tokens.size()) return false;
    for (std::size_t i = 0; i < term.tokens.size(); ++i) {
        bool const last = i + 1 == term.tokens.size();
        if (!matches(tokens[at + i], term.tokens[i], last && may_begin)) return false;
    }
    return true;
}

struct Range {
    std::size_t begin;
    std::size_t end;
};

/// Where the words looked for stand in the text, in order and without overlaps.
std::vector<Range> found_in(std::vector<SearchToken> const& tokens, SearchQuery const& query) {
    std::vector<Range> found;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        for (auto const& term : query.with) {
            bool const last = &term == &query.with.back();
            if (!stands_at(tokens, at, term, term.begins || (last && query.last_may_go_on)))
                continue;
            auto const end = tokens[at + term.tokens.size() - 1].end;
            if (!found.empty() && tokens[at].begin < found.back().end) {
                found.back().end = std::max(found.back().end, end);
            } else {
                found.push_back({tokens[at].begin, end});
            }
        }
    }
    return found;
}

/// The place `characters` before `from`, and not within a letter.
std::size_t steps_back(std::string_view text, std::size_t from, std::size_t characters) {
    while (from > 0 && characters > 0) {
        --from;
        if ((static_cast<unsigned char>(text[from]) & 0xC0U) != 0x80U) --characters;
    }
    return from;
}

/// Where the snippet begins: at a word, some words before the first that was found.
std::size_t begin_of(std::string_view text, std::vector<Range> const& found) {
    if (found.empty()) return 0;
    auto const first = found.front().begin;
    auto const begin = steps_back(text, first, limits::snippet_before_characters);
    if (begin == 0) return 0;
    auto const space = text.find_first_of(" \n", begin);
    return space < first ? space + 1 : begin;
}

void add_part(std::vector<SnippetPart>& parts, std::string_view text, bool found) {
    if (text.empty()) return;
    parts.push_back({std::string(text), found});
    std::replace(parts.back().text.begin(), parts.back().text.end(), '\n', ' ');
}

}  // namespace

SearchQuery parse_search(std::string_view text) {
    SearchQuery query;
    auto const short_enough = first_code_points(text, limits::search_characters_max);
    query.cut = short_enough.size() < text.size();
    Pieces pieces(short_enough);
    std::size_t count = 0;
    while (auto const piece = pieces.next()) {
        auto term = term_of(*piece);
        if (term.tokens.empty()) continue;
        if (++count > limits::search_terms_max) {
            query.cut = true;
            break;
        }
        query.last_may_go_on = may_go_on(*piece, term);
        (piece->without ? query.without : query.with).push_back(std::move(term));
    }
    return query;
}

std::vector<SnippetPart> snippet_of(std::string_view text, SearchQuery const& query) {
    auto read = text.substr(0, limits::snippet_bytes_read);
    auto const found = found_in(search_tokens(read, limits::search_words_max), query);
    auto at = begin_of(text, found);
    auto end = at + first_code_points(text.substr(at), limits::snippet_characters).size();
    if (end < text.size()) {
        auto const space = text.find_last_of(" \n", end);
        if (space != std::string_view::npos && space > at) end = space;
    }
    std::vector<SnippetPart> parts;
    if (at > 0) add_part(parts, "… ", false);
    for (auto const& range : found) {
        if (range.begin < at || range.begin >= end) continue;
        add_part(parts, text.substr(at, range.begin - at), false);
        at = std::min(range.end, end);
        add_part(parts, text.substr(range.begin, at - range.begin), true);
    }
    add_part(parts, text.substr(at, end - at), false);
    if (end < text.size()) add_part(parts, " …", false);
    return parts;
}

}  // namespace kith::database
