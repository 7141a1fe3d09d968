#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::simulate {

/// One event of a stream (HTML Living Standard, 9.2.6).
struct Event {
    std::string id;    ///< of this event, or the last that one carried
    std::string name;  ///< "message" where it has none
    std::string data;
};

/// Puts the bytes of an event stream together, however they are cut.
class EventParser {
public:
    /// Gives the events that `bytes` complete.
    [[nodiscard]] std::vector<Event> take(std::string_view bytes);
    /// The id to come back with; kept when a new stream begins.
    [[nodiscard]] std::string const& last_id() const { return last_id_; }
    /// A new stream begins: what was half said of the old one is forgotten.
    void restart();

private:
    void take_line(std::string_view line, std::vector<Event>& events);

    std::string rest_;
    std::string last_id_;
    Event event_;
    bool has_data_ = false;
};

/// The public ids of the comments that an event's HTML shows.
[[nodiscard]] std::vector<std::string> comments_in(std::string_view html);

}  // namespace kith::simulate
