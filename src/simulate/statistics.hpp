#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::simulate {

/// The least of `values` that at least `percent` of 100 don't exceed (nearest rank, no
/// interpolation); nothing of none.
[[nodiscard]] std::optional<double> percentile(std::vector<double> values, double percent);

/// Whether this kind of request checks a password: slow on purpose (Argon2id), one after another.
[[nodiscard]] bool checks_password(std::string_view kind);

/// How long one kind of request took, in milliseconds, over those that were answered as hoped.
struct LatencyLine {
    std::string kind;
    std::int64_t count = 0;
    double p50_ms = 0;
    double p99_ms = 0;
    double max_ms = 0;
};
BOOST_DESCRIBE_STRUCT(LatencyLine, (), (kind, count, p50_ms, p99_ms, max_ms))

/// Answers that weren't hoped for; status 0 is none at all.
struct ErrorLine {
    std::string kind;
    std::int64_t status = 0;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ErrorLine, (), (kind, status, count))

/// What came of requests, by their kind.
class Tally {
public:
    void answered(std::string const& kind, double milliseconds) {
        times_[kind].push_back(milliseconds);
    }
    void failed(std::string const& kind, std::int64_t status) { ++errors_[{kind, status}]; }

    /// One line a kind, by name; the last is of all together but those that check a password,
    /// which takes long on purpose.
    [[nodiscard]] std::vector<LatencyLine> latencies() const;
    [[nodiscard]] std::vector<ErrorLine> errors() const;
    [[nodiscard]] std::int64_t error_count() const;

private:
    std::map<std::string, std::vector<double>, std::less<>> times_;
    std::map<std::pair<std::string, std::int64_t>, std::int64_t> errors_;
};

/// Puts decisions into one number (FNV-1a, 64 bits): two runs that decided alike have the same.
class Digest {
public:
    void add(std::string_view text);
    [[nodiscard]] std::string text() const;

private:
    std::uint64_t hash_ = 0xCBF29CE484222325;
};

}  // namespace kith::simulate
