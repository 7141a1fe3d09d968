#include "talk/live_mark.hpp"

#include <charconv>

#include "base/limits.hpp"
#include "web/site.hpp"

namespace kith::talk {
namespace {

constexpr std::size_t digits = 19;  // of any number of 63 bits

/// A number in as many characters as any other.
std::string padded(std::int64_t number) {
    auto text = std::to_string(number);
    return std::string(digits - std::min(digits, text.size()), '0') + text;
}

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::string list_of(DiscussionRow const& discussion) {
    return "live " + discussion.public_id.text();
}

/// The moment, to the hour: what a stranger gets is kept, and stays the same for a while.
Time hour_of(Time at) { return std::chrono::floor<std::chrono::hours>(at); }

}  // namespace

std::string live_mark(web::Call const& call, DiscussionRow const& discussion) {
    auto words = padded(discussion.last_event.value) +
                 padded(hour_of(call.now()).time_since_epoch().count());
    // A stranger is apart from nobody, so that their marks may be the same.
    if (call.viewer().signed_in()) words += PublicId::make(call.site.random).text();
    return call.site.seal.cursor(call.viewer(), list_of(discussion),
                                 Seal::Place{std::move(words), 0});
}

std::optional<Id<LiveEvent>> marked_event(web::Call const& call, DiscussionRow const& discussion,
                                          std::string_view mark) {
    auto const place = call.site.seal.place(call.viewer(), list_of(discussion), mark);
    if (!place || place->words.size() < 2 * digits) return std::nullopt;
    std::string_view const words = place->words;
    auto const event = number_in(words.substr(0, digits));
    auto const at = number_in(words.substr(digits, digits));
    if (!event || !at) return std::nullopt;
    auto const age = call.now() - Time(Time::duration(*at));
    if (age >= limits::live_event_age_max) return std::nullopt;
    return Id<LiveEvent>{*event};
}

}  // namespace kith::talk
