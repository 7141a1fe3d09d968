#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>

namespace kith::web {

/// The places that are taken and not yet through, of each thing; see LiveTurn.
class LiveOrder {
public:
    [[nodiscard]] std::uint64_t take(std::string const& of);
    /// The place is used by `tell`, or by nothing. Tells what is now due, unless another thread is
    /// about to; throws the first error of it when all is told.
    void settle(std::string const& of, std::uint64_t number, std::function<void()> tell);

private:
    struct Place {
        bool is_settled = false;
        std::function<void()> tell;
    };
    struct Line {
        std::map<std::uint64_t, Place> places;
        bool is_being_told = false;
    };

    std::mutex mutex_;
    std::uint64_t last_ = 0;
    std::unordered_map<std::string, Line> lines_;
};

}  // namespace kith::web
