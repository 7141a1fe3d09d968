#pragma once
// A whole site on a free port for route tests: real server, real database, the slices it is given.

#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <list>

#include "base/limits.hpp"
#include "browser.hpp"
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

/// A directory that goes with its test.
class TestDirectory {
public:
    TestDirectory() {
        std::string pattern = std::filesystem::temp_directory_path() / "kith-test-XXXXXX";
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
        path = pattern;
    }
    ~TestDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    TestDirectory(TestDirectory const&) = delete;
    TestDirectory& operator=(TestDirectory const&) = delete;
    std::filesystem::path path;
};

/// The templates and words of the frame, read from src/app, which rooms can't link.
class FrameFiles {
public:
    FrameFiles() {
        auto const root = std::filesystem::path(KITH_SOURCE_DIR) / "src" / "app";
        for (auto const* folder : {"templates", "words"})
            for (auto const& entry : std::filesystem::directory_iterator(root / folder)) {
                std::ifstream file(entry.path());
                texts_.emplace_back(std::string(folder) + "/" + entry.path().filename().string(),
                                    std::string(std::istreambuf_iterator<char>(file), {}));
            }
        for (auto const& [path, bytes] : texts_) resources_.push_back({path, bytes});
    }
    [[nodiscard]] std::span<Resource const> resources() const { return resources_; }

private:
    std::list<std::pair<std::string, std::string>> texts_;
    std::vector<Resource> resources_;
};

/// Starts a site with `slices` on a fresh SQLite file (or `database_url`) and stops it at the end.
class TestSite {
public:
    TestSite(std::vector<web::Slice> slices, web::SiteHooks hooks, std::string database_url = {},
             std::vector<std::string> trusted_proxies = {})
        : house_(plan(std::move(slices), std::move(hooks), std::move(database_url))),
          answering_(house_.site(), house_.router(), 4),
          server_(
              server_settings(std::move(trusted_proxies)),
              [this](web::HttpRequest request, web::Reply reply) {
                  answering_(std::move(request), std::move(reply));
              },
              [this](web::Verb verb, std::string_view target) {
                  return answering_.body_limit(verb, target);
              }) {
        server_.start();
    }
    ~TestSite() {
        house_.site().live.end_all();
        server_.stop();
        answering_.stop();
    }
    TestSite(TestSite const&) = delete;
    TestSite& operator=(TestSite const&) = delete;

    [[nodiscard]] Browser browser() const { return Browser(server_.port()); }
    [[nodiscard]] std::uint16_t port() const { return server_.port(); }
    [[nodiscard]] web::Site& site() { return house_.site(); }
    [[nodiscard]] web::House& house() { return house_; }
    [[nodiscard]] database::Database& database() { return house_.site().database; }

    TestClock clock;
    SystemRandom random;
    TestDirectory directory;

private:
    web::HousePlan plan(std::vector<web::Slice> slices, web::SiteHooks hooks, std::string url) {
        static constexpr web::StaticFile files[] = {
            {"kith.css", "/static/kith.css", "text/css", "", "", ""},
            {"kith.js", "/static/kith.js", "text/javascript", "", "", ""},
            {"mark.svg", "/static/mark.svg", "image/svg+xml", "", "", ""},
            {"neutral.svg", "/static/neutral.svg", "image/svg+xml", "", "", ""},
            {"push-worker.js", "/static/push-worker.js", "text/javascript", "// worker", "", ""},
        };
        if (url.empty()) url = "sqlite://" + (directory.path / "kith.db").string();
        web::SiteSettings settings;
        settings.data_directory = directory.path;
        settings.public_url = "http://127.0.0.1";
        settings.exit_url = "https://weather.example/";
        auto log = std::make_shared<spdlog::logger>(
            "test", std::make_shared<spdlog::sinks::null_sink_mt>());
        return {.settings = settings,
                .database_url = url,
                .slices = std::move(slices),
                .hooks = std::move(hooks),
                .frame = {{"app", frame_.resources()}},
                .static_files = files,
                .clock = clock,
                .random = random,
                .log = log};
    }
    static web::ServerSettings server_settings(std::vector<std::string> trusted_proxies) {
        web::ServerSettings settings;
        settings.port = 0;
        settings.trusted_proxies = std::move(trusted_proxies);
        settings.io_threads = 1;
        settings.connections_max = 1000;
        return settings;
    }

    FrameFiles frame_;
    web::House house_;
    web::Answering answering_;
    web::Server server_;
};

}  // namespace kith::tests
