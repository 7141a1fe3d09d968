#include "app/sealed.hpp"

#include <algorithm>
#include <span>

#include "base/random.hpp"
#include "web/command.hpp"

namespace kith::app {
namespace {

using web::CommandRefused;

constexpr std::size_t part_bytes = 64 * 1024;
constexpr std::size_t sealed_bytes = part_bytes + crypto_secretstream_xchacha20poly1305_ABYTES;

using Key = std::array<unsigned char, crypto_secretstream_xchacha20poly1305_KEYBYTES>;
using Salt = std::array<unsigned char, crypto_pwhash_SALTBYTES>;
using Header = std::array<unsigned char, crypto_secretstream_xchacha20poly1305_HEADERBYTES>;

unsigned char const* bytes_of(std::string const& text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}

template <std::size_t size>
std::string_view text_of(std::array<unsigned char, size> const& bytes) {
    return {reinterpret_cast<char const*>(bytes.data()), size};
}

/// Always the same work: a file must not say how much memory its opening takes.
Key key_of(std::string const& passphrase, Salt const& salt) {
    Key key{};
    if (crypto_pwhash(key.data(), key.size(), passphrase.data(), passphrase.size(), salt.data(),
                      crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw CommandRefused("There isn't enough memory to work with the passphrase.");
    return key;
}

}  // namespace

std::string Unsealing::next() {
    if (!begun_) begin();
    if (ended_) return {};
    auto const sealed = take(sealed_bytes);
    std::string open(sealed.size(), '\0');
    unsigned long long size = 0;
    unsigned char tag = 0;
    bool const good = sealed.size() >= crypto_secretstream_xchacha20poly1305_ABYTES &&
                      crypto_secretstream_xchacha20poly1305_pull(
                          &state_, reinterpret_cast<unsigned char*>(open.data()), &size, &tag,
                          bytes_of(sealed), sealed.size(), nullptr, 0) == 0;
    if (!good)
        throw CommandRefused(opened_
                                 ? "The backup is damaged: a part of it was changed or is missing."
                                 : "The passphrase is another one, or the backup is damaged.");
    opened_ = true;
    open.resize(size);
    ended_ = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    if (ended_ && !take(1).empty())
        throw CommandRefused("The backup is damaged: something stands behind its end.");
    // Only the last part may be empty, and then it is the end.
    return open;
}

void Unsealing::begin() {
    begun_ = true;
    Salt salt{};
    Header header{};
    auto const head = take(sealed_begin.size() + salt.size() + header.size());
    if (!head.starts_with(sealed_begin) ||
        head.size() != sealed_begin.size() + salt.size() + header.size())
        throw CommandRefused("The backup is damaged: it ends where it begins.");
    std::copy_n(bytes_of(head) + sealed_begin.size(), salt.size(), salt.begin());
    std::copy_n(bytes_of(head) + sealed_begin.size() + salt.size(), header.size(), header.begin());
    auto const key = key_of(passphrase_, salt);
    if (crypto_secretstream_xchacha20poly1305_init_pull(&state_, header.data(), key.data()) != 0)
        throw CommandRefused("The backup is damaged: it can't be opened.");
}

std::string Unsealing::take(std::size_t most) {
    while (waiting_.size() < most) {
        auto const more = source_();
        if (more.empty()) break;
        waiting_ += more;
    }
    auto taken = waiting_.substr(0, most);
    waiting_.erase(0, taken.size());
    return taken;
}

Sealing::Sealing(std::string const& passphrase, Sink sink) : sink_(std::move(sink)) {
    Salt salt{};
    Header header{};
    SystemRandom random;
    random.fill(std::as_writable_bytes(std::span(salt)));
    auto const key = key_of(passphrase, salt);
    crypto_secretstream_xchacha20poly1305_init_push(&state_, header.data(), key.data());
    sink_(sealed_begin);
    sink_(text_of(salt));
    sink_(text_of(header));
}

void Sealing::add(std::string_view bytes) {
    while (!bytes.empty()) {
        // A full part waits until more comes: the last one is marked.
        if (part_.size() == part_bytes) push(crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
        auto const taken = bytes.substr(0, part_bytes - part_.size());
        part_ += taken;
        bytes.remove_prefix(taken.size());
    }
}

void Sealing::finish() { push(crypto_secretstream_xchacha20poly1305_TAG_FINAL); }

void Sealing::push(unsigned char tag) {
    std::string sealed(part_.size() + crypto_secretstream_xchacha20poly1305_ABYTES, '\0');
    crypto_secretstream_xchacha20poly1305_push(
        &state_, reinterpret_cast<unsigned char*>(sealed.data()), nullptr, bytes_of(part_),
        part_.size(), nullptr, 0, tag);
    sink_(sealed);
    part_.clear();
}

}  // namespace kith::app
