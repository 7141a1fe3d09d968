#include "test_site.hpp"

#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include <fstream>

#include "base/limits.hpp"

namespace kith::tests {

namespace {

web::ServerSettings server_settings(std::vector<std::string> trusted_proxies) {
    web::ServerSettings settings;
    settings.port = 0;
    settings.trusted_proxies = std::move(trusted_proxies);
    settings.io_threads = 1;
    settings.connections_max = 1000;
    return settings;
}

}  // namespace

void TestRandom::repeat(std::string_view seed) {
    std::scoped_lock const lock(mutex_);
    engine_.reset();
    std::seed_seq sequence(seed.begin(), seed.end());
    if (!seed.empty()) engine_.emplace(sequence);
}

void TestRandom::fill(std::span<std::byte> bytes) {
    std::scoped_lock const lock(mutex_);
    if (!engine_) return SystemRandom().fill(bytes);
    for (auto& byte : bytes) byte = static_cast<std::byte>((*engine_)() & 0xFFU);
}

FrameFiles::FrameFiles() {
    auto const root = project_directory() / "src" / "app";
    for (auto const* folder : {"templates", "words"})
        for (auto const& entry : std::filesystem::directory_iterator(root / folder)) {
            std::ifstream file(entry.path());
            texts_.emplace_back(std::string(folder) + "/" + entry.path().filename().string(),
                                std::string(std::istreambuf_iterator<char>(file), {}));
        }
    for (auto const& [path, bytes] : texts_) resources_.push_back({path, bytes});
}

TestSite::TestSite(std::vector<web::Slice> slices, web::SiteHooks hooks, std::string database_url,
                   std::vector<std::string> trusted_proxies, std::string_view seed,
                   std::filesystem::path const& copy_of)
    : random(seed),
      directory(copy_of),
      house_(plan(std::move(slices), std::move(hooks), std::move(database_url))),
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

TestSite::~TestSite() {
    house_.site().live.end_all();
    server_.stop();
    answering_.stop();
}

web::HousePlan TestSite::plan(std::vector<web::Slice> slices, web::SiteHooks hooks,
                              std::string url) {
    static constexpr web::StaticFile files[] = {
        {"kith.css", "/static/kith.css", "text/css", "", "", ""},
        {"kith.js", "/static/kith.js", "text/javascript", "", "", ""},
        {"letters.js", "/static/letters.js", "text/javascript", "", "", ""},
        {"letters_library.js", "/static/letters_library.js", "text/javascript", "", "", ""},
        {"mark.svg", "/static/mark.svg", "image/svg+xml", "", "", ""},
        {"neutral.svg", "/static/neutral.svg", "image/svg+xml", "", "", ""},
        {"push-worker.js", "/static/push-worker.js", "text/javascript", "// worker", "", ""},
    };
    if (url.empty()) url = "sqlite://" + (directory.path / "kith.db").string();
    web::SiteSettings settings;
    settings.data_directory = directory.path;
    settings.public_url = "http://127.0.0.1";
    settings.exit_url = "https://weather.example/";
    auto log =
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::null_sink_mt>());
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

}  // namespace kith::tests
