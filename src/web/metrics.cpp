#include "web/metrics.hpp"

#include <prometheus/text_serializer.h>

namespace kith::web {

Metrics::Metrics() {
    auto& family = prometheus::BuildCounter()
                       .Name("kith_answers_total")
                       .Help("Answers sent, by the first digit of their status")
                       .Register(registry_);
    for (std::size_t digit = 1; digit < answers_.size(); ++digit)
        answers_.at(digit) = &family.Add({{"status", std::to_string(digit) + "xx"}});
    auto& times = prometheus::BuildHistogram()
                      .Name("kith_answer_seconds")
                      .Help("Time from reading a request to its answer")
                      .Register(registry_);
    seconds_ = &times.Add({}, prometheus::Histogram::BucketBoundaries{.0001, .0005, .001, .005, .02,
                                                                      .05, .1, .5, 1, 5});
}

void Metrics::count(unsigned status, std::chrono::microseconds took) {
    auto const digit = std::min<std::size_t>(status / 100, answers_.size() - 1);
    if (digit > 0) answers_.at(digit)->Increment();
    seconds_->Observe(std::chrono::duration<double>(took).count());
}

std::string Metrics::text() const {
    return prometheus::TextSerializer().Serialize(registry_.Collect());
}

}  // namespace kith::web
