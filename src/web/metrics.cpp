#include "web/metrics.hpp"

#include <prometheus/text_serializer.h>

#include <cmath>

namespace kith::web {

Metrics::Metrics() {
    auto& family = prometheus::BuildCounter()
                       .Name("kith_answers_total")
                       .Help("Answers sent, by the first digit of their status")
                       .Register(registry_);
    for (std::size_t digit = 1; digit < answers_.size(); ++digit)
        answers_.at(digit) = &family.Add({{"status", std::to_string(digit) + "xx"}});
    auto& at_once = prometheus::BuildCounter()
                        .Name("kith_answers_at_once_total")
                        .Help("Answers sent without work: kept ones, and files of the program")
                        .Register(registry_);
    kept_ = &at_once.Add({{"from", "kept"}});
    static_ = &at_once.Add({{"from", "static"}});
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

void Metrics::watch(Kind kind, std::string name, std::string help, std::function<double()> value) {
    watched_.push_back({kind, std::move(name), std::move(help), std::move(value)});
}

std::string Metrics::text() const {
    auto families = registry_.Collect();
    for (auto const& watched : watched_) {
        double value = 0;
        try {
            value = watched.value();
        } catch (std::exception const&) {
            continue;  // The others tell why: the database's errors are among them.
        }
        if (std::isnan(value)) continue;
        prometheus::ClientMetric metric;
        prometheus::MetricFamily family{
            watched.name, watched.help, prometheus::MetricType::Gauge, {}};
        if (watched.kind == Kind::total) {
            family.type = prometheus::MetricType::Counter;
            metric.counter.value = value;
        } else {
            metric.gauge.value = value;
        }
        family.metric.push_back(metric);
        families.push_back(std::move(family));
    }
    return prometheus::TextSerializer().Serialize(families);
}

}  // namespace kith::web
