#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/seal.hpp"

namespace kith::notify {

using Bytes = std::vector<std::byte>;

/// A key that isn't one, or a library that can't.
class PushCryptoFault final : public std::runtime_error {
    using runtime_error::runtime_error;
};

/// A private key on P-256: 32 bytes, more than zero and less than the order of the curve.
struct PrivateKey {
    std::array<std::byte, 32> scalar{};
};

/// Whether the 32 bytes are a private key.
[[nodiscard]] bool is_private_key(std::span<std::byte const> bytes);
/// A fresh private key.
[[nodiscard]] PrivateKey make_private_key(Random& random);
/// The public key of `key`: 65 bytes, uncompressed (SEC 1, 2.3.3).
[[nodiscard]] Bytes public_key_of(PrivateKey const& key);
/// Whether `bytes` are an uncompressed point of the curve.
[[nodiscard]] bool is_public_key(std::span<std::byte const> bytes);

/// The browser's keys of a subscription (RFC 8291, 3.1 and 3.2).
struct PushKeys {
    Bytes p256dh;  ///< 65 bytes
    Bytes auth;    ///< 16 bytes
};

/// What is new for each message.
struct PushSalt {
    std::array<std::byte, 16> salt{};
    PrivateKey sender;
};
[[nodiscard]] PushSalt make_push_salt(Random& random);

/// The body of a push message: `plain` encrypted for the browser as one record of aes128gcm
/// (RFC 8291; RFC 8188), filled up with `padding` bytes of nothing.
[[nodiscard]] std::string encrypt_push(PushKeys const& keys, PushSalt const& salt,
                                       std::string_view plain, std::size_t padding = 0);

/// The server's own key for VAPID (RFC 8292). It follows from the server's secret, so it is made
/// once and kept with it.
[[nodiscard]] PrivateKey vapid_key(Seal const& seal);

/// What the Authorization header of a push message says: who sends it, until when.
struct VapidClaims {
    std::string audience;  ///< the push service's origin
    std::string subject;   ///< where to reach the host: an https or mailto URL
    Time expires_at{};
};
[[nodiscard]] std::string vapid_header(PrivateKey const& key, VapidClaims const& claims);

}  // namespace kith::notify
