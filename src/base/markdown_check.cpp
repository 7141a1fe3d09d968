#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/markdown_parse.hpp"

namespace kith::markdown {
namespace {

using namespace std::string_view_literals;

/// Start tags without attributes that may stand in rendered Markdown; `void_tags` have no end.
constexpr std::array paired_tags{"p"sv,  "em"sv, "strong"sv, "code"sv,    "pre"sv,  "blockquote"sv,
                                 "ul"sv, "ol"sv, "li"sv,     "h2"sv,      "h3"sv,   "h4"sv,
                                 "h5"sv, "h6"sv, "b"sv,      "summary"sv, "span"sv, "div"sv};
constexpr std::array void_tags{"br"sv, "hr"sv};

[[noreturn]] void fail(std::string_view what) {
    throw std::logic_error("rendered Markdown holds what it may not: " +
                           std::string(what.substr(0, 80)));
}

/// Takes `name="value" ` off the front of `rest` and returns the value.
std::string_view take_value(std::string_view& rest, std::string_view name) {
    std::string const start = std::string(name) + "=\"";
    if (!rest.starts_with(start)) fail(rest);
    rest.remove_prefix(start.size());
    std::size_t const end = rest.find('"');
    if (end == rest.npos) fail(rest);
    std::string_view const value = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    if (rest.starts_with(' ')) rest.remove_prefix(1);
    if (value.find_first_of("<>'") != value.npos) fail(value);
    return value;
}

void check_link(std::string_view attributes) {
    std::string_view const href = take_value(attributes, "href");
    // '&' is the one character of an address that is written as an entity.
    std::string address;
    for (std::size_t i = 0; i < href.size(); ++i) {
        address += href[i];
        if (href[i] != '&') continue;
        if (href.substr(i, 5) != "&amp;") fail(href);
        i += 4;
    }
    bool const ascii = std::ranges::all_of(address, [](char c) { return c > 0x20 && c < 0x7F; });
    if (!ascii || !is_safe_address(address)) fail(href);
    if (take_value(attributes, "rel") != "nofollow noopener noreferrer") fail(href);
    if (!attributes.empty()) fail(attributes);
}

void check_picture(std::string_view attributes) {
    if (!is_own_picture(take_value(attributes, "src"))) fail(attributes);
    (void)take_value(attributes, "alt");
    if (attributes != "loading=\"lazy\"") fail(attributes);
}

void check_list_start(std::string_view attributes) {
    std::string_view const start = take_value(attributes, "start");
    bool const number =
        !start.empty() && start.size() <= 9 && start.find_first_not_of("0123456789") == start.npos;
    if (!number || !attributes.empty()) fail(start);
}

/// Checks a start tag; whether it needs an end.
bool check_start(std::string_view name, std::string_view attributes) {
    if (attributes.empty() && std::ranges::count(void_tags, name) > 0) return false;
    if (name == "img") return check_picture(attributes), false;
    if (name == "a") return check_link(attributes), true;
    if (name == "details" && attributes == "class=\"note\"") return true;
    if (name == "blockquote" && attributes == "class=\"pull\"") return true;
    if (name == "ol" && !attributes.empty()) return check_list_start(attributes), true;
    if (!attributes.empty() || std::ranges::count(paired_tags, name) == 0) fail(name);
    return true;
}

}  // namespace

void check_markup(std::string_view html) {
    std::vector<std::string_view> open;
    for (;;) {
        std::size_t const start = html.find_first_of("<>");
        if (start == html.npos) break;
        std::size_t const end = html.find('>', start);
        if (html[start] == '>' || end == html.npos) fail(html.substr(start));
        std::string_view tag = html.substr(start + 1, end - start - 1);
        html.remove_prefix(end + 1);
        if (tag.starts_with('/')) {
            if (open.empty() || open.back() != tag.substr(1)) fail(tag);
            open.pop_back();
            continue;
        }
        std::size_t const space = tag.find(' ');
        std::string_view const name = tag.substr(0, space);
        tag.remove_prefix(space == tag.npos ? tag.size() : space + 1);
        if (check_start(name, tag)) open.push_back(name);
    }
    if (!open.empty()) fail(open.back());
}

}  // namespace kith::markdown
