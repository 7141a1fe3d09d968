#pragma once
// Bytes under a passphrase: XChaCha20-Poly1305 in parts (libsodium's secretstream), its key by
// Argon2id. A changed, missing or added byte is seen.

#include <array>
#include <string>

#include "app/bytes.hpp"

namespace kith::app {

/// How a file begins that was sealed here.
inline constexpr std::string_view sealed_begin = "kith sealed 1\n";

/// Seals what is added, and hands it on.
class Sealing {
public:
    Sealing(std::string const& passphrase, Sink sink);
    void add(std::string_view bytes);
    /// The last part; without it the whole is refused.
    void finish();

private:
    void push(unsigned char tag);

    Sink sink_;
    std::string part_;
    crypto_secretstream_xchacha20poly1305_state state_{};
};

/// Gives the bytes that were sealed; throws CommandRefused for another passphrase, and where
/// something was changed, cut off or added.
class Unsealing {
public:
    Unsealing(std::string passphrase, Source sealed)
        : passphrase_(std::move(passphrase)), source_(std::move(sealed)) {}
    [[nodiscard]] std::string next();

private:
    void begin();
    [[nodiscard]] std::string take(std::size_t most);

    std::string passphrase_;
    Source source_;
    std::string waiting_;
    bool begun_ = false;
    bool opened_ = false;
    bool ended_ = false;
    crypto_secretstream_xchacha20poly1305_state state_{};
};

}  // namespace kith::app
