#include "app/server_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "app/community_house.hpp"
#include "database/address.hpp"
#include "web/command.hpp"

namespace kith::app {

ServerLock::ServerLock(Settings const& settings) : settings_(settings) { take(); }

ServerLock::~ServerLock() {
    if (file_ >= 0) ::close(file_);
}

void ServerLock::take() {
    // On PostgreSQL several nodes serve one community, and agree through it.
    bool const is_file =
        database::address_of(database_url(settings_)).engine == database::Engine::sqlite;
    if (file_ >= 0 || !is_file) return;
    // Not the database's own file: to close it here would let go of SQLite's locks.
    file_ = ::open((settings_.data / "secret.key").c_str(), O_RDONLY | O_CLOEXEC);
    if (file_ >= 0 && ::flock(file_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        throw web::CommandRefused("A server has the community in " + settings_.data.string() +
                                  " open already: stop it first.");
}

}  // namespace kith::app
