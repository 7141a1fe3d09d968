#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bonds/bonds.hpp"
#include "bonds/pace.hpp"
#include "web/call.hpp"
#include "web/slice.hpp"

namespace kith::bonds {

struct OpennessForm {
    Openness dial = Openness::circles;
};
BOOST_DESCRIBE_STRUCT(OpennessForm, (), (dial))

/// The viewer's own dial, for them alone.
struct OpennessPage {
    static constexpr std::string_view page = "bonds/openness";
    Openness dial = Openness::circles;
    std::string seen_by;
};
BOOST_DESCRIBE_STRUCT(OpennessPage, (), (dial, seen_by))

struct PaceForm {
    Delivery delivery = Delivery::now;
    std::int64_t unsend_minutes = 0;
};
BOOST_DESCRIBE_STRUCT(PaceForm, (), (delivery, unsend_minutes))

/// The viewer's own pace, for them alone.
struct PacePage {
    static constexpr std::string_view page = "bonds/pace";
    Delivery delivery = Delivery::now;
    web::Field unsend_minutes;
    std::string quiet;  ///< their quiet hours, as a sentence
    std::string hour;   ///< of daily and weekly delivery
    std::string seen_by;
};
BOOST_DESCRIBE_STRUCT(PacePage, (), (delivery, unsend_minutes, quiet, hour, seen_by))

struct RestForm {
    std::int64_t days = 0;  ///< 0: until they come back by themselves
};
BOOST_DESCRIBE_STRUCT(RestForm, (), (days))

/// Resting from everything, and coming back.
struct RestPage {
    static constexpr std::string_view page = "bonds/rest";
    bool resting = false;
    std::optional<Time> since;
    std::optional<Time> until;
    bool missed_any = false;
    std::string seen_by;
};
BOOST_DESCRIBE_STRUCT(RestPage, (), (resting, since, until, missed_any, seen_by))

/// One thing that was missed.
struct MissedItem {
    std::string sentence;
    std::string open_url;
    Time at{};
};
BOOST_DESCRIBE_STRUCT(MissedItem, (), (sentence, open_url, at))

/// What was missed of one circle or person: the newest of it, and whether there was more.
struct MissedGroup {
    std::string title;
    std::vector<MissedItem> items;
    std::optional<std::string> more;
};
BOOST_DESCRIBE_STRUCT(MissedGroup, (), (title, items, more))

/// What was missed in a rest: a short list, and it ends.
struct MissedPage {
    static constexpr std::string_view page = "bonds/missed";
    std::vector<MissedGroup> groups;
    bool any = false;
    bool more_groups = false;
    std::string seen_by;
};
BOOST_DESCRIBE_STRUCT(MissedPage, (), (groups, any, more_groups, seen_by))

/// The helper that suggests one small step, where its member has switched it on.
struct SmallStepPage {
    static constexpr std::string_view page = "bonds/small-step";
    bool on = false;
    bool waits = false;  ///< nothing is suggested for now
    std::string title;
    std::string line;
    std::string url;
    std::string seen_by;
};
BOOST_DESCRIBE_STRUCT(SmallStepPage, (), (on, waits, title, line, url, seen_by))

struct CeilingForm {
    Step ceiling = Step::kin;
};
BOOST_DESCRIBE_STRUCT(CeilingForm, (), (ceiling))

/// How far bonds go in this community; for the host.
struct CeilingPage {
    static constexpr std::string_view page = "bonds/host";
    Step ceiling = Step::kin;
};
BOOST_DESCRIBE_STRUCT(CeilingPage, (), (ceiling))

[[nodiscard]] std::vector<web::Route> openness_routes();
[[nodiscard]] std::vector<web::Route> pace_routes();
[[nodiscard]] std::vector<web::Route> rest_routes();
[[nodiscard]] std::vector<web::Route> missed_routes();
[[nodiscard]] std::vector<web::Route> small_step_routes();
[[nodiscard]] std::vector<web::Route> ceiling_routes();

/// What of it stands on Today.
[[nodiscard]] std::vector<web::TodayCard> bonds_cards(web::Call& call);
[[nodiscard]] std::vector<web::TodayCard> small_step_cards(web::Call& call);

}  // namespace kith::bonds
