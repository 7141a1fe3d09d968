#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "database/connection.hpp"
#include "database/deeds.hpp"

namespace kith::database {

/// Sessions for reading: the one used last is used first, more are opened under demand. The same
/// for writing serve small transactions apart from the deeds; see Database::write_apart.
class Readers {
public:
    Readers(Address address, std::size_t ready, SilenceWatch* watch,
            Purpose purpose = Purpose::reading);

    /// Runs `work` in one read transaction. A lost connection is opened anew, once.
    void read(std::function<void(Read&)> const& work);

private:
    [[nodiscard]] std::unique_ptr<Connection> borrow();
    [[nodiscard]] std::unique_ptr<Connection> open_one();
    void require_hope() const;
    void give_back(std::unique_ptr<Connection> connection);
    void read_once(std::function<void(Read&)> const& work);
    void drop_idle();

    Address address_;
    Purpose purpose_;
    SilenceWatch* watch_;
    std::mutex mutex_;
    std::condition_variable condition_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::size_t open_ = 0;
    // A server that is silent holds up whoever asks for seconds: one asks, the others refuse.
    bool is_gone_ = false;    ///< the last try to connect failed
    bool is_trying_ = false;  ///< somebody is trying again
    std::chrono::steady_clock::time_point try_again_at_{};
};

}  // namespace kith::database
