#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "web/route.hpp"

namespace kith::web {

/// A route that matches a path, with the values of its `{names}`.
struct Match {
    Route const* route = nullptr;
    std::map<std::string, std::string> parameters;
};

/// All routes of all slices; a literal segment wins over a `{name}`.
class Router {
public:
    /// Takes the slices' tables; throws std::logic_error when two routes match the same path.
    explicit Router(std::vector<Route> routes);

    /// The route for a decoded path; HEAD is answered by get. Null when there is none.
    [[nodiscard]] Match find(Verb verb, std::string_view path) const;
    [[nodiscard]] std::vector<Route> const& routes() const { return routes_; }

private:
    struct Pattern {
        std::vector<std::string_view> segments;
        std::size_t route;
    };

    std::vector<Route> routes_;
    std::multimap<std::pair<Verb, std::size_t>, Pattern> by_length_;
};

}  // namespace kith::web
