#include "app/bytes.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace kith::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t bytes_at_once = 64 * 1024;

[[noreturn]] void fail(char const* what, fs::path const& path) {
    throw fs::filesystem_error(what, path, std::error_code(errno, std::generic_category()));
}

}  // namespace

void Sha256::add(std::string_view bytes) {
    crypto_hash_sha256_update(&state_, reinterpret_cast<unsigned char const*>(bytes.data()),
                              bytes.size());
}

std::string Sha256::digits() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> sum{};
    crypto_hash_sha256_final(&state_, sum.data());
    std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), sum.data(), sum.size());
    return hex.data();
}

Source source_of(int file, fs::path const& path) {
    return [file, path] {
        std::string bytes(bytes_at_once, '\0');
        ssize_t got = 0;
        do {
            got = ::read(file, bytes.data(), bytes.size());
        } while (got < 0 && errno == EINTR);
        if (got < 0) fail("read", path);
        bytes.resize(static_cast<std::size_t>(got));
        return bytes;
    };
}

NewFile::NewFile(fs::path path)
    : path_(std::move(path)),
      file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
    if (file_.number() < 0) fail("open", path_);
}

void NewFile::write(std::string_view bytes) { write_all(file_.number(), path_, bytes); }

void NewFile::finish() {
    if (::fsync(file_.number()) != 0) fail("fsync", path_);
}

int open_to_read(fs::path const& path) {
    int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) fail("open", path);
    return file;
}

void write_all(int file, fs::path const& path, std::string_view bytes) {
    while (!bytes.empty()) {
        auto const put = ::write(file, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) fail("write", path);
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
}

}  // namespace kith::app
