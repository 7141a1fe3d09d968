#pragma once

#include <chrono>
#include <thread>

namespace kith::tests {

/// Waits until `question` says yes; false where it doesn't within a minute.
template <class Question>
[[nodiscard]] bool comes_true(Question const& question) {
    auto const end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!question()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::yield();
    }
    return true;
}

}  // namespace kith::tests
