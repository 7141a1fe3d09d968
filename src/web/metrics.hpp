#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <array>
#include <chrono>
#include <string>

namespace kith::web {

/// Counts for Prometheus: answers by status class, and how long they took.
class Metrics {
public:
    Metrics();

    void count(unsigned status, std::chrono::microseconds took);
    /// The registry, for gauges of other rooms.
    [[nodiscard]] prometheus::Registry& registry() { return registry_; }
    /// The text exposition format, version 0.0.4.
    [[nodiscard]] std::string text() const;

private:
    prometheus::Registry registry_;
    std::array<prometheus::Counter*, 6> answers_{};
    prometheus::Histogram* seconds_;
};

}  // namespace kith::web
