#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "simulate/chance.hpp"
#include "simulate/heart.hpp"
#include "simulate/ledger.hpp"
#include "simulate/people.hpp"

namespace kith::simulate {

/// How the community lives.
enum class Setting {
    kith,   ///< small circles, greeters, what waits on a list, distance and muting
    forum,  ///< everything in one open place; stewards put harmful words aside here too
};

/// Somebody who acts, and what they know.
struct Agent {
    Person person;
    Heart heart;
    std::string id;  ///< their public id, by which they also sign in
    std::string password;
    std::string cookie;   ///< empty: signed out
    std::string network;  ///< where they come from while nobody knows who they are
    bool here = false;
    bool said_hello = false;
    bool in_circle = false;
    bool taken_out = false;          ///< of their circle, by its keeper
    std::set<std::size_t> read;      ///< words that they have read
    std::set<std::size_t> answered;  ///< and those that they have answered
    std::set<std::size_t> apart;     ///< agents from whom they keep distance
    std::set<std::size_t> muted;
    std::size_t words_today = 0;
    std::size_t felt_until = 0;  ///< kindnesses of the ledger that they know of
    // What this visit has shown.
    std::set<std::size_t> seen;        ///< words, in the order in which they were said
    std::set<std::size_t> waiting;     ///< those that the list of the unanswered named
    std::set<std::size_t> harm;        ///< harmful ones, read for the first time
    std::vector<std::string> to_open;  ///< pages that a page led to
    std::string commons_before;        ///< the page before the one that they read last
};

/// How often one goes on from page to page in a visit: the pages that one knows the way to, those
/// that they led to, and once more.
inline constexpr int steps_of_visit = 3;

/// A circle of the model.
struct CirclePlace {
    std::string url;       ///< "/circles/…"
    std::string together;  ///< "/conversations/…": where everyday talk goes
    std::string discussion;
    std::string live_url;
    std::size_t keeper = 0;
};

/// The open place that everyone reads.
struct Commons {
    std::string url;  ///< "/essays/…"
    std::string discussion;
    std::string live_url;
};

/// A community as the model knows it.
struct World {
    Setting setting = Setting::kith;
    std::uint64_t seed = 1;
    std::int64_t hour = 0;  ///< since the first day began
    std::size_t words_a_day = 4;
    std::vector<Agent> agents;
    std::vector<CirclePlace> circles;
    Commons commons;
    Ledger ledger;

    [[nodiscard]] Said& said(std::size_t number) { return ledger.said.at(number); }
    [[nodiscard]] Said const& said(std::size_t number) const { return ledger.said.at(number); }
};

/// A page that an agent opens, and what they make of it.
struct Look {
    std::string kind;
    std::string path;
    std::function<void(World&, Agent&, boost::json::value const&)> see;
};

/// In which order the deeds of one hour are sent: words first, so that nobody answers what is put
/// aside in the same moment; distance last, so that nobody loses sight of what they put aside.
enum class Part { words, care, distance };

/// Something that an agent does.
struct Deed {
    std::string kind;
    std::string path;
    boost::json::object body;
    Part part = Part::words;
    bool is_words = false;  ///< counts towards what one says in a day
    bool once = false;      ///< of several agents who would do it, the first does
    std::string decision;   ///< what was decided, in words that hold nothing of the server's
    std::function<void(World&, Agent&, boost::json::value const&)> done;
};

/// One capability: what agents open for it and what they do with it. Each has a file of its own;
/// the list of them stands in capabilities.cpp.
struct Capability {
    std::string_view name;
    /// Pages to open: at `step` 0 with what they know, later with what the pages before told.
    void (*look)(World const& world, Agent const& agent, int step, std::vector<Look>& looks);
    /// What they would do after all that they saw.
    void (*wish)(World const& world, Agent const& agent, Chance& chance, std::vector<Deed>& deeds);
};

[[nodiscard]] std::vector<Capability> capabilities(Setting setting);

}  // namespace kith::simulate
