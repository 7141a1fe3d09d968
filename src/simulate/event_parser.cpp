#include "simulate/event_parser.hpp"

#include "base/public_id.hpp"

namespace kith::simulate {

std::vector<Event> EventParser::take(std::string_view bytes) {
    std::vector<Event> events;
    rest_ += bytes;
    std::size_t begin = 0;
    for (auto end = rest_.find('\n'); end != rest_.npos; end = rest_.find('\n', begin)) {
        auto line = std::string_view(rest_).substr(begin, end - begin);
        if (line.ends_with('\r')) line.remove_suffix(1);
        take_line(line, events);
        begin = end + 1;
    }
    rest_.erase(0, begin);
    return events;
}

void EventParser::restart() {
    rest_.clear();
    event_ = {};
    has_data_ = false;
}

void EventParser::take_line(std::string_view line, std::vector<Event>& events) {
    if (line.empty()) {
        // The id counts only now, when the whole event is here.
        if (!event_.id.empty()) last_id_ = event_.id;
        if (has_data_) {
            event_.id = last_id_;
            if (event_.name.empty()) event_.name = "message";
            events.push_back(std::move(event_));
        }
        event_ = {};
        has_data_ = false;
        return;
    }
    auto const colon = line.find(':');
    auto const field = line.substr(0, colon);
    auto value = colon == line.npos ? std::string_view() : line.substr(colon + 1);
    if (value.starts_with(' ')) value.remove_prefix(1);
    if (field == "id") event_.id = std::string(value);
    if (field == "event") event_.name = std::string(value);
    if (field != "data") return;
    if (has_data_) event_.data += '\n';
    event_.data += value;
    has_data_ = true;
}

std::vector<std::string> comments_in(std::string_view html) {
    constexpr std::string_view mark = "id=\"comment-";
    std::vector<std::string> ids;
    for (auto at = html.find(mark); at != html.npos; at = html.find(mark, at + 1)) {
        auto const id = html.substr(at + mark.size(), PublicId::length);
        if (PublicId::parse(id)) ids.emplace_back(id);
    }
    return ids;
}

}  // namespace kith::simulate
