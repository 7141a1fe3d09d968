#include "web/bus.hpp"

#include <doctest/doctest.h>

#include <future>

#include "base/limits.hpp"
#include "comes_true.hpp"
#include "fake_nats.hpp"

using namespace kith;
using namespace kith::web;
using tests::comes_true;

TEST_CASE("nobody who has a hint waits for a silent NATS, and the oldest hints are kept for it") {
    FakeNats nats;
    // A long name, so that what the system itself takes is soon full.
    auto const bus = open_nats(nats.url(), std::string(2000, 'x'), [](std::string_view) {});
    REQUIRE(comes_true([&] { return bus->is_there(); }));
    bus->send("first");
    REQUIRE(comes_true([&] { return nats.published().size() == 1; }));
    nats.fall_silent();
    for (std::size_t at = 1; at < 2 * limits::bus_waiting_max + 5000; ++at)
        bus->send(std::to_string(at));
    nats.go_on();
    CHECK(comes_true([&] { return nats.published().size() > limits::bus_waiting_max; }));
    auto const published = nats.published();
    for (std::size_t at = 1; at <= limits::bus_waiting_max; ++at) {
        CAPTURE(at);
        REQUIRE(published.at(at) == std::to_string(at));
    }
}
