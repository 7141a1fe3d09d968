#pragma once

#include <boost/describe.hpp>
#include <functional>
#include <string>
#include <vector>

namespace kith::web {

class Call;

/// What a slice shows on Today: a few lines of what waits for the viewer, and the one way on.
struct TodayCard {
    std::string title;
    std::vector<std::string> lines;
    std::string url;
    std::string action;
};
BOOST_DESCRIBE_STRUCT(TodayCard, (), (title, lines, url, action))

using TodayCards = std::function<std::vector<TodayCard>(Call&)>;

}  // namespace kith::web
