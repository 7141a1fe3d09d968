#include "web/secret_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

#include "web/descriptor.hpp"

namespace kith::web {
namespace {

[[noreturn]] void fail(std::filesystem::path const& path, std::string const& what) {
    throw std::runtime_error(path.string() + ": " + what);
}

/// With what the system says, since the cure differs.
[[noreturn]] void fail_for(std::filesystem::path const& path, std::string const& what, int reason) {
    std::string cure = ".";
    if (reason == EACCES || reason == EPERM)
        cure = ". Run Kith as the user whom the data directory belongs to.";
    if (reason == ENOTDIR) cure = ". The data directory must be a directory.";
    if (reason == ENOSPC || reason == EDQUOT) cure = ". Make room on this disk.";
    fail(path, what + ": " + std::strerror(reason) + cure);
}

Seal::Key read_secret(std::filesystem::path const& path, int file) {
    Seal::Key key{};
    if (::read(file, key.data(), key.size()) != static_cast<ssize_t>(key.size()))
        fail(path, "expected a secret of 32 bytes; take it from a backup");
    return key;
}

}  // namespace

Seal::Key read_or_make_secret(std::filesystem::path const& directory, Random& random) {
    std::error_code failure;
    std::filesystem::create_directories(directory, failure);
    if (failure) fail_for(directory, "the data directory can't be made", failure.value());
    auto const path = directory / "secret.key";
    Descriptor const old(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (old.number() >= 0) return read_secret(path, old.number());
    if (errno != ENOENT) fail_for(path, "the server's secret can't be opened", errno);
    // Written aside and linked into place: two first starts at once agree on one secret.
    auto const key = Seal::make_key(random);
    auto const aside = path.string() + "." + std::to_string(::getpid());
    {
        Descriptor const fresh(
            ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        bool const kept =
            fresh.number() >= 0 &&
            ::write(fresh.number(), key.data(), key.size()) == static_cast<ssize_t>(key.size()) &&
            ::fsync(fresh.number()) == 0;
        if (!kept) {
            auto const reason = errno;
            if (fresh.number() >= 0) ::unlink(aside.c_str());
            fail_for(path, "the server's secret can't be written", reason);
        }
    }
    auto const linked = ::link(aside.c_str(), path.c_str());
    auto const reason = errno;
    ::unlink(aside.c_str());
    if (linked != 0 && reason != EEXIST)
        fail_for(path, "the server's secret can't be kept", reason);
    Descriptor const made(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (made.number() < 0) fail_for(path, "the server's secret can't be opened", errno);
    return read_secret(path, made.number());
}

}  // namespace kith::web
