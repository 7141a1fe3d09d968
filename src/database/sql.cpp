#include "database/sql.hpp"

#include <algorithm>
#include <cctype>

namespace kith::database {
namespace {

bool in_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// The place after the quoted text that begins at `at`, or `at`.
std::size_t after_quoted(std::string_view text, std::size_t at) {
    if (text[at] != '\'' && text[at] != '"') {
        return at;
    }
    auto const end = text.find(text[at], at + 1);
    return end == std::string_view::npos ? text.size() : end + 1;
}

/// The place after the comment that begins at `at`, or `at`.
std::size_t after_comment(std::string_view text, std::size_t at) {
    return text.substr(at, 2) == "--" ? std::min(text.find('\n', at), text.size()) : at;
}

/// Gives `plain` what stands between names, and `name` each name, in their order.
template <class Plain, class Name>
void scan(std::string_view sql, Plain const& plain, Name const& name) {
    for (std::size_t at = 0; at < sql.size();) {
        auto end = std::max(after_quoted(sql, at), after_comment(sql, at));
        if (end == at && sql[at] == ':') {
            for (++end; end < sql.size() && in_name(sql[end]);) ++end;
            name(sql.substr(at + 1, end - at - 1));
        } else {
            end = std::max(end, at + 1);
            plain(sql.substr(at, end - at));
        }
        at = end;
    }
}

}  // namespace

std::vector<std::string> names_in(std::string_view sql) {
    std::vector<std::string> names;
    scan(
        sql, [](std::string_view) {}, [&](std::string_view name) { names.emplace_back(name); });
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

NumberedSql with_numbers(std::string_view sql, std::span<std::string const> names) {
    NumberedSql numbered;
    auto const number = [&](std::string_view name) {
        auto const found = std::find(names.begin(), names.end(), name);
        if (found == names.end()) {
            throw std::logic_error("a statement asks for a value that isn't bound");
        }
        numbered.sources.push_back(static_cast<std::size_t>(found - names.begin()));
        numbered.sql += '$' + std::to_string(numbered.sources.size());
    };
    scan(
        sql, [&](std::string_view plain) { numbered.sql += plain; }, number);
    return numbered;
}

}  // namespace kith::database
