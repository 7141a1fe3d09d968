#pragma once

#include <atomic>
#include <cstddef>

namespace kith::web {

/// What one connection holds of the room that the bodies of all requests share: a body is read
/// before it is known who sends it, and many large ones at once would take all memory.
class BodyShare {
public:
    explicit BodyShare(std::atomic<std::size_t>& all) : all_(all) {}
    ~BodyShare() { release(); }
    BodyShare(BodyShare const&) = delete;
    BodyShare& operator=(BodyShare const&) = delete;

    /// Holds `bytes` from now on, in place of what was held; false when all together hold more than
    /// `bytes_max`.
    [[nodiscard]] bool hold(std::size_t bytes, std::size_t bytes_max) {
        auto const all = all_.fetch_add(bytes - held_) + bytes - held_;
        held_ = bytes;
        return all <= bytes_max;
    }
    void release() {
        all_.fetch_sub(held_);
        held_ = 0;
    }

private:
    std::atomic<std::size_t>& all_;
    std::size_t held_ = 0;
};

}  // namespace kith::web
