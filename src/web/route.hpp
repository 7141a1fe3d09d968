#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/limits.hpp"
#include "web/outcome.hpp"
#include "web/shape.hpp"

namespace kith::web {

class Call;

/// Who may use a route. Whoever may not gets sign-in (a stranger) or the 404 of a missing page.
enum class Access { anyone, member, guide, steward, host, loopback };

using Show = Answer (*)(Call&);
using Act = Outcome (*)(Call&);

/// How often one actor may do this.
struct Rate {
    unsigned times = 0;
    std::chrono::seconds period{0};
};

/// One line of a slice's table of routes. Each answers HTML and JSON.
struct Route {
    Verb verb = Verb::get;
    std::string_view pattern;  ///< "/essays/{slug}/comments"
    Access access = Access::host;
    Show show = nullptr;            ///< for get: runs on a worker in one read transaction
    Act act = nullptr;              ///< for post
    Shape const* form = nullptr;    ///< what a post takes
    Shape const* view = nullptr;    ///< what the answer holds as JSON
    Show again = nullptr;           ///< the page shown again, with what was typed, after a mistake
    Rate rate;                      ///< none when times is 0
    bool keeps = false;             ///< a stranger's answer may be kept until the next write
    bool before_agreement = false;  ///< usable before the agreement is accepted anew
    std::size_t upload_bytes = 0;   ///< takes pictures of so many bytes: a larger body
    bool by_itself = false;         ///< asked for by the page, not by a person: no activity
    bool at_once = false;  ///< answered where it arrives: no visitor, no database, no parameters
    bool needs_fresh_sign_in = false;  ///< asks for the password again after 5 minutes
    bool before_database = false;      ///< a post answered before anything is read: no visitor
};

/// A page that shows a `View`.
template <class View>
[[nodiscard]] Route get(std::string_view pattern, Access access, Show show) {
    Route route;
    route.verb = Verb::get;
    route.pattern = pattern;
    route.access = access;
    route.show = show;
    route.view = &shape_of<View>();
    return route;
}

/// A page or file whose answer isn't a described view (a feed, a picture, a stream).
[[nodiscard]] inline Route get_raw(std::string_view pattern, Access access, Show show) {
    Route route;
    route.verb = Verb::get;
    route.pattern = pattern;
    route.access = access;
    route.show = show;
    return route;
}

/// A deed that takes a `Form`; after a mistake `again` shows the page with what was typed.
template <class Form>
[[nodiscard]] Route post(std::string_view pattern, Access access, Act act, Show again = nullptr) {
    Route route;
    route.verb = Verb::post;
    route.pattern = pattern;
    route.access = access;
    route.act = act;
    route.form = &shape_of<Form>();
    route.again = again;
    return route;
}

/// A form without fields: the button is all.
struct NoFields {};
BOOST_DESCRIBE_STRUCT(NoFields, (), ())

/// Rate-limits a route: `limited(post<…>(…), {.times = 20, .period = 1h})`.
[[nodiscard]] inline Route limited(Route route, Rate rate) {
    route.rate = rate;
    return route;
}
/// Keeps a stranger's answer in memory until anything is written.
[[nodiscard]] inline Route kept(Route route) {
    route.keeps = true;
    return route;
}
[[nodiscard]] inline Route before_agreement(Route route) {
    route.before_agreement = true;
    return route;
}
[[nodiscard]] inline Route with_uploads(Route route, std::size_t bytes = limits::upload_bytes_max) {
    route.upload_bytes = bytes;
    return route;
}
/// The page asks for it by itself: being asked doesn't show that anyone is there.
[[nodiscard]] inline Route by_itself(Route route) {
    route.by_itself = true;
    return route;
}
/// Answers where the request arrives, without a look at the database: for a pattern without
/// parameters, whose handler asks the call for nothing.
[[nodiscard]] inline Route at_once(Route route) {
    route.at_once = true;
    return route;
}
/// Answers even where the database can't: its handler knows no visitor and has nothing to read.
[[nodiscard]] inline Route before_database(Route route) {
    route.before_database = true;
    return route;
}
/// Asks for the password again when the last time was more than 5 minutes ago (SAFETY 7).
[[nodiscard]] inline Route freshly_signed_in(Route route) {
    route.needs_fresh_sign_in = true;
    return route;
}

}  // namespace kith::web
