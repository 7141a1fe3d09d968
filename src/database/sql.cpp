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

}  // namespace

std::string without_comments(std::string_view sql) {
    std::string result;
    for (std::size_t at = 0; at < sql.size();) {
        if (auto const after = after_quoted(sql, at); after != at) {
            result.append(sql.substr(at, after - at));
            at = after;
        } else if (sql.substr(at, 2) == "--") {
            at = std::min(sql.find('\n', at), sql.size());
        } else {
            result.push_back(sql[at++]);
        }
    }
    return result;
}

std::vector<std::string> names_in(std::string_view sql) {
    std::vector<std::string> names;
    std::string const text = without_comments(sql);
    for (std::size_t at = 0; at < text.size();) {
        if (auto const after = after_quoted(text, at); after != at) {
            at = after;
        } else if (text[at] == ':') {
            std::size_t end = at + 1;
            while (end < text.size() && in_name(text[end])) {
                ++end;
            }
            names.push_back(text.substr(at + 1, end - at - 1));
            at = end;
        } else {
            ++at;
        }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

}  // namespace kith::database
