#pragma once
// A whole site on a free port for route tests: real server, real database, the slices it is given.

#include <atomic>
#include <list>
#include <mutex>
#include <random>

#include "browser.hpp"
#include "test_directory.hpp"
#include "web/answer.hpp"
#include "web/house.hpp"
#include "web/server.hpp"

namespace kith::tests {

/// A clock that stands still until it is moved.
class TestClock final : public Clock {
public:
    [[nodiscard]] Time now() const override { return Time(std::chrono::microseconds(micros_)); }
    void move(std::chrono::microseconds by) { micros_ += by.count(); }

private:
    std::atomic<std::int64_t> micros_{1'773'000'000'000'000};  // 8 March 2026, 20:00 UTC
};

/// The kernel's random bytes or, where there is a seed, bytes that follow from it alone.
class TestRandom final : public Random {
public:
    explicit TestRandom(std::string_view seed) { repeat(seed); }
    void fill(std::span<std::byte> bytes) override;
    /// Begins anew with this seed; an empty one is the kernel's.
    void repeat(std::string_view seed);

private:
    std::mutex mutex_;
    std::optional<std::mt19937_64> engine_;
};

/// The templates and words of the frame, read from src/app, which rooms can't link.
class FrameFiles {
public:
    FrameFiles();
    [[nodiscard]] std::span<Resource const> resources() const { return resources_; }

private:
    std::list<std::pair<std::string, std::string>> texts_;
    std::vector<Resource> resources_;
};

/// Starts a site with `slices` on a fresh SQLite file (or `database_url`) and stops it at the end.
/// With a seed all chance follows from that; with `copy_of` its data directory begins as a copy of
/// that one.
class TestSite {
public:
    TestSite(std::vector<web::Slice> slices, web::SiteHooks hooks, std::string database_url = {},
             std::vector<std::string> trusted_proxies = {}, std::string_view seed = {},
             std::filesystem::path const& copy_of = {});
    ~TestSite();
    TestSite(TestSite const&) = delete;
    TestSite& operator=(TestSite const&) = delete;

    [[nodiscard]] Browser browser() const { return Browser(server_.port()); }
    [[nodiscard]] std::uint16_t port() const { return server_.port(); }
    [[nodiscard]] web::Site& site() { return house_.site(); }
    [[nodiscard]] web::House& house() { return house_; }
    [[nodiscard]] database::Database& database() { return house_.site().database; }

    TestClock clock;
    TestRandom random;
    TestDirectory directory;

private:
    web::HousePlan plan(std::vector<web::Slice> slices, web::SiteHooks hooks, std::string url);

    FrameFiles frame_;
    web::House house_;
    web::Answering answering_;
    web::Server server_;
};

}  // namespace kith::tests
