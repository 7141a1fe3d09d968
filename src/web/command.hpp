#pragma once

#include <iosfwd>
#include <stdexcept>

#include "base/refusal.hpp"

namespace kith::web {

class House;
struct Site;

/// What a `kith` command works with. The community is opened when it is first asked for, so that
/// `kith help` needs none.
class CommandHouse {
public:
    virtual ~CommandHouse() = default;
    /// The community of --data; throws with a sentence when there is none, when it can't be opened,
    /// or when an older Kith has made its database: a command begins and upgrades nothing by the
    /// way.
    [[nodiscard]] virtual House& house() = 0;
    /// The same, begun where there is none: for what a host does first.
    [[nodiscard]] virtual House& new_house() { return house(); }
    /// --json: a program reads the answer.
    [[nodiscard]] virtual bool wants_json() const = 0;
    [[nodiscard]] virtual std::istream& in() = 0;
    [[nodiscard]] virtual std::ostream& out() = 0;
};

/// A command that refuses: its sentence goes to standard error, the exit status is 1.
class CommandRefused final : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The refusal in English sentences, for a command to throw.
[[nodiscard]] CommandRefused in_words(Site const& site, Refusal const& refusal);

}  // namespace kith::web
