#pragma once

#include <chrono>

namespace kith {

/// A moment in UTC, in whole microseconds: what the database keeps.
using Time = std::chrono::sys_time<std::chrono::microseconds>;

/// Where all time comes from, so that tests can move it.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Time now() const = 0;
};

/// The machine's own clock.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Time now() const override {
        return std::chrono::time_point_cast<std::chrono::microseconds>(
            std::chrono::system_clock::now());
    }
};

}  // namespace kith
