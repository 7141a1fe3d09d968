#include "simulate/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace kith::simulate {
namespace {

LatencyLine line_of(std::string kind, std::vector<double> const& times) {
    LatencyLine line;
    line.kind = std::move(kind);
    line.count = static_cast<std::int64_t>(times.size());
    line.p50_ms = percentile(times, 50).value_or(0);
    line.p99_ms = percentile(times, 99).value_or(0);
    line.max_ms = percentile(times, 100).value_or(0);
    return line;
}

}  // namespace

bool checks_password(std::string_view kind) { return kind == "join" || kind == "sign in"; }

std::optional<double> percentile(std::vector<double> values, double percent) {
    if (values.empty()) return std::nullopt;
    auto const count = static_cast<double>(values.size());
    auto const rank = std::clamp(std::ceil(percent / 100 * count), 1.0, count);
    auto const at = values.begin() + static_cast<std::ptrdiff_t>(rank) - 1;
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

std::vector<LatencyLine> Tally::latencies() const {
    std::vector<LatencyLine> lines;
    std::vector<double> all;
    for (auto const& [kind, times] : times_) {
        lines.push_back(line_of(kind, times));
        if (!checks_password(kind)) all.insert(all.end(), times.begin(), times.end());
    }
    lines.push_back(line_of("all but join and sign in", all));
    return lines;
}

std::vector<ErrorLine> Tally::errors() const {
    std::vector<ErrorLine> lines;
    for (auto const& [what, count] : errors_) lines.push_back({what.first, what.second, count});
    return lines;
}

std::int64_t Tally::error_count() const {
    std::int64_t all = 0;
    for (auto const& [what, count] : errors_) all += count;
    return all;
}

void Digest::add(std::string_view text) {
    for (char const c : text) {
        hash_ ^= static_cast<unsigned char>(c);
        hash_ *= 0x100000001B3;
    }
    hash_ ^= 0xFF;  // ends what was added, so that "ab" and "c" aren't "a" and "bc"
    hash_ *= 0x100000001B3;
}

std::string Digest::text() const {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4) text += digits[(hash_ >> shift) & 15];
    return text;
}

}  // namespace kith::simulate
