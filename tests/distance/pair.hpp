#pragma once
// Two worlds side by side, and the first thing by which Lea can tell them apart.

#include <optional>

#include "looking.hpp"

namespace kith::apart {

/// Who keeps distance from whom.
enum class Keeps { hal, lea, both };

/// One event, drawn: which operation, and all chance of it.
struct Event {
    std::uint16_t number = 0;
    std::uint32_t chance = 0;
};

/// A public event, and what happens unseen before it in one of the worlds.
struct Step {
    std::vector<Event> hidden;
    Event open;
    bool in_small = false;
};

struct Plan {
    Keeps keeps = Keeps::hal;
    Role lea = Role::member;
    std::vector<Step> steps;
};

/// By what Lea could tell, and when.
struct Finding {
    std::size_t step = 0;
    std::string event;  ///< the public event of that step
    std::string probe;  ///< what showed it: a path and how it was asked for, or a channel
    std::string what;
};

/// What a run does beside what its plan says.
struct Trial {
    std::string engine = "sqlite";
    std::vector<web::Slice> slices = {};
    /// Run in both worlds once the two are apart: mistakes in what distance rests on.
    std::vector<database::Sql> at_once = {};
    /// Looks at all after the last step alone, in every way.
    bool look_once = false;
    /// Looks at these pages alone, and at all below those that end in "/"; none: at all.
    std::vector<std::string_view> look_at = {};
};

class Pair {
public:
    Pair(Trial const& trial, Plan const& plan);

    /// NI-1: in one world more happens, all of it hidden. What tells, if anything does.
    [[nodiscard]] std::optional<Finding> with_hidden_events();
    /// NI-2: in one world Hal keeps distance, in the other he has withdrawn.
    [[nodiscard]] std::optional<Finding> apart_or_withdrawn();
    /// NI-3: in one world Lea keeps distance. What she sees of Hal there and not in the other.
    [[nodiscard]] std::optional<Finding> more_by_keeping();

    /// Patterns of registered pages that nothing looks at.
    [[nodiscard]] std::vector<std::string> without_path() { return patterns_without_path(one_); }

    /// How many posts of each operation were taken on the hidden side.
    std::map<std::string, std::size_t, std::less<>> hidden_taken;

private:
    void separate(World& world);
    void keep_apart();
    void withdraw(World& world);
    void hidden_event(World& world, std::size_t step, std::size_t index, Event const& event);
    std::string public_event(World& world, std::size_t step, Step const& taken);
    [[nodiscard]] std::optional<Finding> after_step(std::size_t step, bool thorough);
    [[nodiscard]] std::optional<Finding> compare_step(std::size_t step);
    [[nodiscard]] std::optional<Finding> compare_lists(std::string const& channel,
                                                       std::vector<std::string> const& one,
                                                       std::vector<std::string> const& other);
    [[nodiscard]] std::optional<Finding> compare_pages(std::size_t step, bool thorough);
    [[nodiscard]] std::optional<Finding> compare_page(std::string const& path, Way way);
    [[nodiscard]] std::optional<Finding> compare_next(std::string const& path);
    [[nodiscard]] std::optional<Finding> compare_copies();
    [[nodiscard]] std::optional<Finding> compare_deeds();
    [[nodiscard]] std::vector<std::string> places() const;
    [[nodiscard]] bool is_looked_at(std::string_view path) const;

    Trial trial_;
    Plan plan_;
    World one_;  ///< where more happens
    World other_;
    View in_one_;
    View in_other_;
    std::string event_;
    bool marks_told_ = true;  ///< nothing that is hidden may be named
};

/// Every operation twice on the hidden side, before one public event; each chance makes another.
[[nodiscard]] Plan everything(Keeps keeps, std::uint32_t chance, Role lea = Role::member);

/// How a plan reads in a report.
[[nodiscard]] std::string described(Plan const& plan);
[[nodiscard]] std::string described(Finding const& finding);

}  // namespace kith::apart
