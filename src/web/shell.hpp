#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

namespace kith::web {

/// The places of the rail; `none` where a page belongs to no place.
enum class Place { none, today, circles, essays, people, you, host };
BOOST_DESCRIBE_ENUM(Place, none, today, circles, essays, people, you, host)

/// A help line, its number exactly as dialled.
struct HelpLine {
    std::string label;
    std::string href;
    std::string words;
};
BOOST_DESCRIBE_STRUCT(HelpLine, (), (label, href, words))

/// One line of the summary above a form that has mistakes.
struct MistakeLine {
    std::string field;
    std::string sentence;
};
BOOST_DESCRIBE_STRUCT(MistakeLine, (), (field, sentence))

/// What the frame around every page shows: the layout template's view model.
struct Shell {
    std::string language = "en";
    std::string direction = "ltr";
    std::string theme;
    std::string letters;
    bool discreet = false;
    std::string title;
    std::string community_name;
    std::string css_url;
    std::string js_url;
    std::string icon_url;
    std::string path;
    bool signed_in = false;
    bool own_device = false;
    std::string viewer_name;
    std::string viewer_tint;
    std::string viewer_initials;
    std::string viewer_url;
    Place place = Place::none;
    bool may_write_essays = false;
    bool is_steward = false;
    bool something_new = false;  ///< a notice wasn't seen yet; never how many
    std::vector<HelpLine> help_lines;
    std::vector<std::string> notices;
    std::vector<MistakeLine> mistakes;
    bool wide = false;
    bool alone = false;
    std::optional<std::string> description;
    std::optional<std::string> canonical;
    std::optional<std::string> og_url;
    std::optional<std::string> og_image;
    std::optional<std::string> feed_url;
    std::optional<std::string> robots;
    std::optional<std::string> live_url;
};
BOOST_DESCRIBE_STRUCT(Shell, (),
                      (language, direction, theme, letters, discreet, title, community_name,
                       css_url, js_url, icon_url, path, signed_in, own_device, viewer_name,
                       viewer_tint, viewer_initials, viewer_url, place, may_write_essays,
                       is_steward, something_new, help_lines, notices, mistakes, wide, alone,
                       description, canonical, og_url, og_image, feed_url, robots, live_url))

/// What a page says to its frame; everything else of the Shell is filled by `respond`.
struct Head {
    std::string title;  ///< in the reader's language, or someone's own words
    Place place = Place::none;
    bool wide = false;
    bool alone = false;  ///< without the places: sign-in, leaving
    std::optional<std::string> description = {};
    std::optional<std::string> canonical = {};  ///< a path; the public address is put before it
    std::optional<std::string> og_image = {};
    std::optional<std::string> feed_url = {};
    std::optional<std::string> live_url = {};
    bool for_search_engines = false;  ///< else `noindex`
    unsigned status = 200;
};

}  // namespace kith::web
