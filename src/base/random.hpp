#pragma once

#include <cstddef>
#include <span>

namespace kith {

/// Where all chance comes from, so that tests can repeat it. Safe to call from several threads.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::byte> bytes) = 0;
};

/// The kernel's random bytes (getrandom).
class SystemRandom final : public Random {
public:
    void fill(std::span<std::byte> bytes) override;
};

}  // namespace kith
