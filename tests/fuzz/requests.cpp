// Bytes on a connection. However they are cut, the same requests are read out of them. What can
// never become one may be refused sooner or later: Beast counts a chunk again while its line,
// a quoted extension broken in two, comes without an end.
#include <sstream>

#include "base/limits.hpp"
#include "require.hpp"
#include "web/request_reader.hpp"

namespace {

using namespace kith;

constexpr std::size_t body_bytes_max = 4096;

void check(web::HttpRequest const& request) {
    auto const& target = request.target;
    fuzz::require(target.starts_with('/') && !target.starts_with("//"), "a target is a path");
    fuzz::require(request.body.size() <= body_bytes_max, "a body is within its limit");
    for (auto const& [name, value] : request.headers)
        for (char const c : {'\0', '\r', '\n'})
            fuzz::require(name.find(c) == name.npos && value.find(c) == value.npos,
                          "no header holds CR, LF or NUL");
}

void note(std::ostream& story, web::RequestReader::Taken const& taken) {
    auto const& request = taken.request;
    story << static_cast<int>(request.verb) << request.target << taken.keeps_alive
          << taken.is_http_1_0;
    for (auto const& [name, value] : request.headers) story << name << ':' << value << '\n';
    story << request.body << '\n';
}

/// All that is read out of `bytes` when they come `step` at a time.
std::string story_of(std::string_view bytes, std::size_t step) {
    web::BodyLimit const limit = [](web::Verb, std::string_view) { return body_bytes_max; };
    web::RequestReader reader(limit);
    std::ostringstream story;
    std::string waiting;
    while (!bytes.empty() && reader.state() != web::RequestReader::State::refused) {
        waiting += bytes.substr(0, step);
        bytes.remove_prefix(std::min(step, bytes.size()));
        for (bool goes_on = true; goes_on;) {
            auto const used = reader.read(waiting);
            fuzz::require(used <= waiting.size(), "no more is used than there is");
            waiting.erase(0, used);
            goes_on = reader.state() == web::RequestReader::State::whole;
            if (!goes_on) break;
            auto const taken = reader.take();
            check(taken.request);
            note(story, taken);
            goes_on = !waiting.empty();
        }
    }
    return story.str();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
    auto const bytes = fuzz::text_of(data, size);
    auto const whole = story_of(bytes, bytes.size());
    for (std::size_t const step : {1, 7})
        fuzz::require(story_of(bytes, step) == whole, "cutting changes nothing");
    return 0;
}
