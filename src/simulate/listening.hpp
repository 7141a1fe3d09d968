#pragma once

#include <boost/describe.hpp>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "simulate/client.hpp"
#include "simulate/event_parser.hpp"
#include "simulate/world.hpp"

namespace kith::simulate {

/// What came of the open event streams.
struct StreamCounts {
    std::int64_t streams = 0;    ///< members who listened
    std::int64_t expected = 0;   ///< comments that came while they did, over all of them
    std::int64_t heard = 0;      ///< of these
    std::int64_t lost = 0;       ///< of these neither heard, nor was told to read the page anew
    std::int64_t cuts = 0;       ///< streams that were cut, to come back with Last-Event-ID
    std::int64_t ended = 0;      ///< streams that the server ended, which came back as well
    std::int64_t read_anew = 0;  ///< told to read the page anew: more was missed than is kept
    std::int64_t refused = 0;    ///< streams that weren't opened
};
BOOST_DESCRIBE_STRUCT(StreamCounts, (),
                      (streams, expected, heard, lost, cuts, ended, read_anew, refused))

/// Members who hold an event stream open: each hears every comment of one discussion, however
/// often the stream is cut.
class Listeners {
public:
    explicit Listeners(Client& client) : client_(client) {}
    ~Listeners();
    Listeners(Listeners const&) = delete;
    Listeners& operator=(Listeners const&) = delete;

    [[nodiscard]] bool has(std::size_t agent) const { return all_.contains(agent); }
    /// Listens from now on; `live_url` is from a page that was read just before.
    void open(World const& world, std::size_t agent, std::string const& live_url,
              std::string const& discussion);
    /// Cuts the stream, and comes back at once.
    void cut(World const& world, std::size_t agent);
    /// They may hear no more: only the first `until` words of the ledger are theirs.
    void leave(std::size_t agent, std::size_t until);
    /// Comes back wherever the server ended a stream.
    void come_back(World const& world);
    /// Moves on until every stream that was begun is open.
    void settle();
    /// Waits, at most `most`, until nothing is missing; gives what came of all.
    [[nodiscard]] StreamCounts finish(World const& world, std::chrono::seconds most);

private:
    struct Listener {
        std::string live_url;
        std::string discussion;
        std::size_t from = 0;  ///< the first words that they should hear
        std::size_t until = std::string::npos;
        std::set<std::string> heard;
        EventParser parser;
        std::size_t stream = 0;  ///< 0: none is open
        bool open = false;
        bool left = false;
        bool read_anew = false;
    };
    void listen(World const& world, std::size_t agent, Listener& listener);
    void count(World const& world, Listener const& listener, StreamCounts& counts) const;

    Client& client_;
    std::map<std::size_t, std::unique_ptr<Listener>> all_;
    StreamCounts counts_;
};

}  // namespace kith::simulate
