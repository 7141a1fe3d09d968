#include "web/secret_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string>

#include "web/descriptor.hpp"

namespace kith::web {
namespace {

[[noreturn]] void fail(std::filesystem::path const& path, std::string const& what) {
    throw std::runtime_error(path.string() + ": " + what);
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
    auto const path = directory / "secret.key";
    Descriptor const old(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (old.number() >= 0) return read_secret(path, old.number());
    if (errno != ENOENT) fail(path, "the server's secret can't be opened");
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
        if (!kept) fail(path, "the server's secret can't be written; is the disk full?");
    }
    auto const linked = ::link(aside.c_str(), path.c_str());
    auto const reason = errno;
    ::unlink(aside.c_str());
    if (linked != 0 && reason != EEXIST) fail(path, "the server's secret can't be kept");
    Descriptor const made(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (made.number() < 0) fail(path, "the server's secret can't be opened");
    return read_secret(path, made.number());
}

}  // namespace kith::web
