#include "members/password.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace kith::members {
namespace {

constexpr unsigned long long passes = 2;
constexpr std::size_t memory_bytes = 64ul * 1024 * 1024;

void start_sodium() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium can't start");
}

/// libsodium reads a kept hash up to its terminating NUL.
std::string terminated(std::string_view hash) {
    return std::string(hash.substr(0, hash.find('\0')));
}

}  // namespace

std::string hash_password(std::string_view password) {
    start_sodium();
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    int const failed = crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), passes,
                                             memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
    if (failed != 0) throw std::bad_alloc();
    return hash.data();
}

bool check_password(std::string_view hash, std::string_view password) {
    start_sodium();
    if (password.size() > limits::password_bytes_max) return false;
    std::string const kept = terminated(hash);
    return crypto_pwhash_str_verify(kept.c_str(), password.data(), password.size()) == 0;
}

bool needs_new_hash(std::string_view hash) {
    start_sodium();
    return crypto_pwhash_str_needs_rehash(terminated(hash).c_str(), passes, memory_bytes) != 0;
}

void check_no_password(std::string_view password) {
    (void)hash_password(password.substr(0, limits::password_bytes_max));
}

}  // namespace kith::members
