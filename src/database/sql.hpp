#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace kith::database {

enum class Engine { sqlite, postgres };

/// The two spellings of a statement that the engines don't share.
struct PerEngine {
    char const* sqlite;
    char const* postgres;
};

/// A statement put together from parts that it shares with others; see joined().
template <std::size_t size>
struct SqlText {
    char text[size]{};
};

/// The parts one after the other, for statements that must not differ in what they share:
///   constexpr auto page_text = joined(columns, visible, order);
///   constexpr Sql page_sql = page_text.text;
template <std::size_t... sizes>
[[nodiscard]] consteval auto joined(char const (&... parts)[sizes]) {
    SqlText<(sizes + ...) - sizeof...(sizes) + 1> whole;
    std::size_t at = 0;
    auto const append = [&](char const* part, std::size_t length) {
        for (std::size_t i = 0; i < length; ++i) whole.text[at++] = part[i];
    };
    (append(parts, sizes - 1), ...);
    return whole;
}

/// One SQL statement, known when the program is built, with `:name` where a value goes.
///   constexpr Sql by_slug = "select id from essays where slug = :slug";
///   constexpr Sql found{{.sqlite = "…", .postgres = "…"}};
/// Doesn't compile with an open quote, two statements, or a ':' that begins no name (say
/// cast(x as bigint), not x::bigint).
class Sql {
public:
    template <std::size_t size>
    // NOLINTNEXTLINE(google-explicit-constructor): `constexpr Sql name = "…"` is the point.
    consteval Sql(char const (&text)[size]) : sqlite_(text, size - 1), postgres_(sqlite_) {
        check(sqlite_);
    }
    // NOLINTNEXTLINE(google-explicit-constructor)
    consteval Sql(PerEngine texts) : sqlite_(texts.sqlite), postgres_(texts.postgres) {
        check(sqlite_);
        check(postgres_);
    }

    [[nodiscard]] constexpr std::string_view text(Engine engine) const {
        return engine == Engine::sqlite ? sqlite_ : postgres_;
    }

private:
    static constexpr bool begins_name(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
    /// The next `c` from `at` on, or the end. By hand: with UBSan g++ 12 doesn't take
    /// string_view::find for a constant where the text is a template's argument.
    static constexpr std::size_t find(std::string_view text, char c, std::size_t at) {
        while (at < text.size() && text[at] != c) ++at;
        return at;
    }
    /// The place after what begins at `at`, if that is quoted or a comment; else `at`.
    static constexpr std::size_t skip(std::string_view text, std::size_t at) {
        char const c = text[at];
        if (c == '\'' || c == '"') {
            auto const end = find(text, c, at + 1);
            if (end == text.size()) {
                throw std::logic_error("a quote stays open");
            }
            return end + 1;
        }
        if (text.substr(at, 2) == "--") {
            return find(text, '\n', at);
        }
        if (text.substr(at, 2) == "/*") {
            throw std::logic_error("comment with -- instead");
        }
        return at;
    }
    static constexpr void check(std::string_view text) {
        bool ended = false;
        for (std::size_t at = 0; at < text.size(); ++at) {
            auto const after = skip(text, at);
            if (after != at) {
                at = after - 1;
                continue;
            }
            bool const blank = text[at] == ' ' || text[at] == '\n';
            if (ended && !blank) {
                throw std::logic_error("two statements");
            }
            if (text[at] == ';') {
                ended = true;
            }
            if (text[at] == '?') {
                throw std::logic_error("name what goes there");
            }
            if (text[at] == ':' && (at + 1 >= text.size() || !begins_name(text[at + 1]))) {
                throw std::logic_error("a ':' that begins no name");
            }
        }
    }

    std::string_view sqlite_;
    std::string_view postgres_;
};

/// The names of the values that `sql` asks for, sorted, each once.
[[nodiscard]] std::vector<std::string> names_in(std::string_view sql);

/// A statement as PostgreSQL wants it: $1, $2 … in place of names, and where each comes from.
struct NumberedSql {
    std::string sql;
    std::vector<std::size_t> sources;  ///< places among the names
};

/// `sql` with a number for each place of a name: a name that stands twice is two values, whose
/// types PostgreSQL finds out apart. Throws std::logic_error for a name that isn't in `names`.
[[nodiscard]] NumberedSql with_numbers(std::string_view sql, std::span<std::string const> names);

}  // namespace kith::database
