#pragma once

#include <optional>
#include <string>
#include <vector>

#include "members/community.hpp"
#include "web/call.hpp"
#include "web/slice.hpp"

namespace kith::members {

struct HelpLineTag;  // the tag of Id<HelpLineTag>

/// A help line as its host looks after it.
struct HelpLineRow {
    Id<HelpLineTag> id;
    std::string label;
    std::string words;
    std::string country;
    std::string source;
    std::optional<Time> checked_at;
};
BOOST_DESCRIBE_STRUCT(HelpLineRow, (), (id, label, words, country, source, checked_at))

/// What the host says of a help line.
struct HelpLineForm {
    std::string label;  ///< the number exactly as dialled, or an address of the web
    std::string words;
    std::string country;
    std::string source;
};
BOOST_DESCRIBE_STRUCT(HelpLineForm, (), (label, words, country, source))

/// All lines, by country and in the host's order; for the host alone.
[[nodiscard]] std::vector<HelpLineRow> all_help_lines(database::Read& read, Viewer const& viewer);
/// How many lines of the community's own country nobody looked at for too long.
[[nodiscard]] std::int64_t lines_to_check(database::Read& read, Viewer const& viewer, Time now);
void add_help_line(database::Write& write, HelpLineForm const& line, std::string const& href,
                   Time now);
/// These refuse with Refusal::not_found what isn't there.
void change_help_line(database::Write& write, Id<HelpLineTag> id, HelpLineForm const& line,
                      std::string const& href, Time now);
void note_line_checked(database::Write& write, Id<HelpLineTag> id, Time now);
void remove_help_line(database::Write& write, Id<HelpLineTag> id);

/// Where pressing the line leads: "tel:" and what is dialled, or the address itself; nothing when
/// it is neither.
[[nodiscard]] std::optional<std::string> href_of_line(std::string_view label);
/// Whether somebody looked at the line lately enough.
[[nodiscard]] bool is_checked(std::optional<Time> const& checked_at, Time now);

struct HelpLineItem {
    std::string label;
    std::string words;
    std::string country;
    std::string source;
    std::optional<Time> checked_at;
    bool checked = false;  ///< lately enough
    bool open = false;     ///< its form has a mistake
    web::Field label_field;
    web::Field words_field;
    web::Field country_field;
    web::Field source_field;
    std::string key;  ///< opaque: names the line in the viewer's own pages
    std::string change_url;
    std::string checked_url;
    std::string remove_url;
};
BOOST_DESCRIBE_STRUCT(HelpLineItem, (),
                      (label, words, country, source, checked_at, checked, open, label_field,
                       words_field, country_field, source_field, key, change_url, checked_url,
                       remove_url))

struct HelpLinesPage {
    static constexpr std::string_view page = "members/help-lines";
    std::vector<HelpLineItem> items;
    std::int64_t to_check = 0;
    web::Field label;
    web::Field words;
    web::Field country;
    web::Field source;
};
BOOST_DESCRIBE_STRUCT(HelpLinesPage, (), (items, to_check, label, words, country, source))

[[nodiscard]] std::vector<web::Route> help_lines_routes();

}  // namespace kith::members
