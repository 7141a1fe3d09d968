#pragma once

#include <boost/describe.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"

namespace kith::web {

class Call;

/// Where on Today a card stands; the page shows them in this order.
enum class TodaySection {
    beginning,  ///< a first week, if one wants one: shows `steps`
    needs,      ///< waits for an answer of the viewer's
    waits,      ///< somebody whom the viewer may answer waits for words
    news,       ///< is new in the viewer's circles
    side,       ///< good to know, beside the rest
};
BOOST_DESCRIBE_ENUM(TodaySection, beginning, needs, waits, news, side)

/// One step of a beginning: never asked for twice.
struct TodayStep {
    std::string title;
    std::string line;
    std::string url;       ///< empty where there is nothing to open
    std::string skip_url;  ///< of the form that puts it aside; empty when it is done
    bool done = false;
    bool now = false;  ///< the first that is neither done nor put aside
};
BOOST_DESCRIBE_STRUCT(TodayStep, (), (title, line, url, skip_url, done, now))

/// What a slice shows on Today: a few lines, and the one way on.
struct TodayCard {
    std::string title;
    std::vector<std::string> lines;
    std::string url;
    std::string action;
    TodaySection section = TodaySection::needs;
    std::optional<Time> since = {};     ///< the longest wait stands first in its section
    std::vector<TodayStep> steps = {};  ///< of a beginning
    std::string skip_url = {};          ///< of the form that puts the whole card away
};
BOOST_DESCRIBE_STRUCT(TodayCard, (), (title, lines, url, action, section, since, steps, skip_url))

using TodayCards = std::function<std::vector<TodayCard>(Call&)>;

}  // namespace kith::web
