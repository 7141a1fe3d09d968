#include "web/router.hpp"

#include <stdexcept>

namespace kith::web {
namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    std::size_t begin = path.starts_with('/') ? 1 : 0;
    while (begin < path.size()) {
        auto const end = std::min(path.find('/', begin), path.size());
        segments.push_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    // "/essays/" is not "/essays": each page has one address.
    if (path.size() > 1 && path.ends_with('/')) segments.emplace_back();
    return segments;
}

bool is_name(std::string_view segment) {
    return segment.starts_with('{') && segment.ends_with('}');
}

/// Literals sort before names, so that the first match is the most exact.
int names_in(std::vector<std::string_view> const& segments) {
    return static_cast<int>(std::count_if(segments.begin(), segments.end(), is_name));
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
    std::vector<std::size_t> order(routes_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
        return names_in(segments_of(routes_[a].pattern)) <
               names_in(segments_of(routes_[b].pattern));
    });
    std::map<std::string, std::string_view> seen;
    for (auto const index : order) {
        auto const& route = routes_[index];
        auto segments = segments_of(route.pattern);
        std::string shape = route.verb == Verb::post ? "POST" : "GET";
        for (auto const segment : segments)
            shape.append("/").append(is_name(segment) ? "{}" : segment);
        auto const [other, is_new] = seen.emplace(shape, route.pattern);
        if (!is_new)
            throw std::logic_error("two routes for one path: " + std::string(other->second) +
                                   " and " + std::string(route.pattern));
        auto const length = segments.size();
        by_length_.emplace(std::pair(route.verb, length), Pattern{std::move(segments), index});
    }
}

Match Router::find(Verb verb, std::string_view path) const {
    auto const sent = segments_of(path);
    auto const asked = verb == Verb::head ? Verb::get : verb;
    auto const [begin, end] = by_length_.equal_range(std::pair(asked, sent.size()));
    for (auto candidate = begin; candidate != end; ++candidate) {
        auto const& pattern = candidate->second;
        bool fits = true;
        for (std::size_t i = 0; fits && i < sent.size(); ++i) {
            auto const wanted = pattern.segments[i];
            fits = is_name(wanted) ? !sent[i].empty() : wanted == sent[i];
        }
        if (!fits) continue;
        Match match{&routes_[pattern.route], {}};
        for (std::size_t i = 0; i < sent.size(); ++i) {
            auto const wanted = pattern.segments[i];
            if (is_name(wanted))
                match.parameters.emplace(wanted.substr(1, wanted.size() - 2), sent[i]);
        }
        return match;
    }
    return {};
}

}  // namespace kith::web
