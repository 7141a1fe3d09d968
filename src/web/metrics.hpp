#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <array>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace kith::web {

/// Counts for Prometheus: answers by status class, and how long they took; and whatever others have
/// it watch.
class Metrics {
public:
    Metrics();

    void count(unsigned status, std::chrono::microseconds took);
    /// Counts an answer that no worker made: one that was kept, a file of the program.
    void count_kept() { kept_->Increment(); }
    void count_static() { static_->Increment(); }

    /// Shows what `value` gives whenever someone looks; it may throw, and the look fails. A `total`
    /// only ever grows. Before the server starts, as nobody else looks on meanwhile.
    enum class Kind { gauge, total };
    void watch(Kind kind, std::string name, std::string help, std::function<double()> value);

    /// The text exposition format, version 0.0.4.
    [[nodiscard]] std::string text() const;

private:
    struct Watched {
        Kind kind;
        std::string name;
        std::string help;
        std::function<double()> value;
    };

    prometheus::Registry registry_;
    std::array<prometheus::Counter*, 6> answers_{};
    prometheus::Counter* kept_;
    prometheus::Counter* static_;
    prometheus::Histogram* seconds_;
    std::vector<Watched> watched_;
};

}  // namespace kith::web
