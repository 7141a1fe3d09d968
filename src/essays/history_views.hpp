#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "essays/essay_diff.hpp"

namespace kith::essays {

/// One time that the essay was saved.
struct HistoryLine {
    std::int64_t version = 0;
    Time saved_at{};
    std::string title;
    bool is_from = false;
    bool is_to = false;
};
BOOST_DESCRIBE_STRUCT(HistoryLine, (), (version, saved_at, title, is_from, is_to))

/// The versions of one's own essay, and how one became another.
struct HistoryPage {
    static constexpr std::string_view page = "essays/history";
    std::string essay_url;
    std::string essay_title;
    std::vector<HistoryLine> versions;
    bool comparable = false;  ///< two different versions are compared
    std::int64_t from = 0;
    std::int64_t to = 0;
    Time from_at{};
    Time to_at{};
    std::vector<DiffPart> changes;
};
BOOST_DESCRIBE_STRUCT(HistoryPage, (),
                      (essay_url, essay_title, versions, comparable, from, to, from_at, to_at,
                       changes))

}  // namespace kith::essays
