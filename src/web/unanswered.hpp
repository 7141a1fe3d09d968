#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/public_id.hpp"
#include "database/session.hpp"

namespace kith::web {

class Call;

/// Words that nobody has answered yet, as a list of them shows one.
struct WaitingWords {
    std::string title;
    std::string url;
    std::string by;     ///< who wrote them
    std::string where;  ///< the circle; empty where any member may read them
    Time since{};
};

/// What somebody wrote, for those to whom they let it travel.
struct FirstWords {
    std::string title;
    std::string content_note;
    std::string html;
    std::string url;  ///< where it stands, for its author
};

/// What of a slice waits for a human answer: a kind of words that talk::begin_waiting() was called
/// for.
struct Unanswered {
    std::string_view kind;
    /// What it is the viewer's to answer because of their place in the slice, oldest first; as they
    /// may read it, and nothing that has an answer which they and its author can see.
    std::function<std::vector<WaitingWords>(Call&)> waiting;
    /// The words of the discussion while they stand; nothing once they are taken back, or where
    /// their author has no place any more. Asked only for words that their author let travel.
    std::function<std::optional<FirstWords>(database::Read&, PublicId const& discussion)>
        first_words;
};

}  // namespace kith::web
