#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/call.hpp"

namespace kith::web {

[[nodiscard]] Answer respond_described(Call& call, std::string_view page, Shape const& shape,
                                       void const* view, Head head);

/// The view's two faces: JSON for a program, `View::page` in the frame for a person.
template <class View>
[[nodiscard]] Answer respond(Call& call, View const& view, Head head) {
    return respond_described(call, View::page, shape_of<View>(), &view, std::move(head));
}

[[nodiscard]] Answer made_described(Call& call, std::string location, Shape const& shape,
                                    void const* view);

/// Something was made: a person is shown `location` (303), a program gets the view (201).
template <class View>
[[nodiscard]] Answer made(Call& call, std::string location, View const& view) {
    return made_described(call, std::move(location), shape_of<View>(), &view);
}

/// A deed is done: a person is shown `location` (303), a program gets `{"location": …}` (200).
[[nodiscard]] Answer done(Call& call, std::string location);
/// The same, and the page says the sentence `said` (a catalogue key with "said_" in it).
[[nodiscard]] Answer done(Call& call, std::string location, std::string_view said);

/// Another media type than the two faces: a feed, a picture, a zip.
[[nodiscard]] Answer raw(std::string type, std::string bytes);

/// Renders a fragment outside the frame: a Turbo stream's comment, an edited preview.
[[nodiscard]] std::string fragment_described(Site& site, Reading const& reading,
                                             std::string_view page, Shape const& shape,
                                             void const* view);
template <class View>
[[nodiscard]] std::string fragment(Site& site, Reading const& reading, View const& view) {
    return fragment_described(site, reading, View::page, shape_of<View>(), &view);
}

/// A cookie of this site: HttpOnly, SameSite=Lax, `__Host-` and Secure over https.
void set_cookie(Site const& site, Answer& answer, std::string_view name, std::string_view value,
                std::optional<std::chrono::seconds> age);
/// The value of a cookie set by set_cookie, or empty.
[[nodiscard]] std::string_view cookie(Site const& site, HttpRequest const& request,
                                      std::string_view name);

}  // namespace kith::web
