#pragma once

#include "app/settings.hpp"

namespace kith::app {

/// A community in a file has one server at a time: words of a second one would not be live in the
/// first, and a newer one would change the database under it. Held as long as this lives.
class ServerLock {
public:
    /// Takes it where there is a community already; throws CommandRefused when a server has it.
    explicit ServerLock(Settings const& settings);
    ~ServerLock();
    ServerLock(ServerLock const&) = delete;
    ServerLock& operator=(ServerLock const&) = delete;

    /// Takes it if it isn't held yet, since the community was begun only now.
    void take();

private:
    Settings const& settings_;
    int file_ = -1;
};

}  // namespace kith::app
