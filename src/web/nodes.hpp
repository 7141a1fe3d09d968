#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/clock.hpp"
#include "base/viewer.hpp"
#include "database/database.hpp"
#include "web/bus.hpp"
#include "web/live.hpp"

namespace kith::web {

struct Site;

/// The last news of a thing: rows of a thing are numbered in the order in which they are kept.
struct LatestNews {
    std::int64_t thing = 0;
    std::int64_t place = 0;
};
BOOST_DESCRIBE_STRUCT(LatestNews, (), (thing, place))

/// How far the news of a thing were told.
struct ToldNews {
    std::int64_t place = 0;  ///< of the last that was looked at
    bool more = false;       ///< there may be more after it
};

/// How the rooms above tell news of their things, without web knowing them.
struct NewsHooks {
    /// Tells the streams of this node the news of `after.thing` after `after.place`, from their
    /// rows. Reads all that it tells before it tells any.
    std::function<ToldNews(Site&, database::Read&, LatestNews const& after)> tell_after;
    /// What has had news since.
    std::function<std::vector<LatestNews>(database::Read&, Time since)> latest_since;
};

/// This node among the nodes of its community. Each reads for itself what the others have written;
/// a hint through the bus tells it to look at once, and without one it looks every second.
/// Alone it does nothing of this.
class Nodes {
public:
    Nodes(database::Database& database, LiveHub& live, Clock const& clock,
          database::OnFault on_fault);
    ~Nodes();
    Nodes(Nodes const&) = delete;
    Nodes& operator=(Nodes const&) = delete;

    /// Before anything is served: others serve this community as well. Throws std::runtime_error
    /// with a sentence if the database can't be shared or this node's secret is another.
    void join(Site& site, OpenBus const& open_bus);
    [[nodiscard]] bool alone() const;
    /// Begins to look; ends it.
    void start();
    void stop();
    [[nodiscard]] bool bus_is_there() const;

    /// The subscription hears the news of `thing` after `place`, which it has just read.
    void follow(LiveSubscription& subscription, std::int64_t thing, std::int64_t place);
    /// There will be news of `thing` once this deed is durable: every node looks then.
    void look_after(database::Write& write, std::int64_t thing);
    /// The member's event streams end on every node once this deed is durable: a session of theirs
    /// ended, or what they may see became less.
    void end_streams_after(database::Write& write, Id<Member> member);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace kith::web
