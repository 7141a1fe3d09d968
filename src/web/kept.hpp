#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/clock.hpp"
#include "web/http.hpp"

namespace kith::web {

/// Strangers' answers, kept until the database changes or a minute passes (pages show times).
/// Safe to call from any thread.
class KeptAnswers {
public:
    [[nodiscard]] std::optional<HttpResponse> find(std::string const& key, std::uint64_t version,
                                                   Time now);
    void keep(std::string key, std::uint64_t version, Time now, HttpResponse const& answer);

    static constexpr std::size_t bytes_max = 32 * 1024 * 1024;
    static constexpr auto age_max = std::chrono::seconds(60);

private:
    struct Kept {
        HttpResponse answer;
        Time made_at;
    };

    std::mutex mutex_;
    std::uint64_t version_ = 0;
    std::size_t bytes_ = 0;
    std::unordered_map<std::string, Kept> answers_;
};

}  // namespace kith::web
