#pragma once
// The other side of web push: what a browser does with a message, and a push service with a token.

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <boost/json.hpp>
#include <memory>
#include <stdexcept>
#include <string>

#include "base/base64url.hpp"
#include "notify/push_crypto.hpp"

namespace kith::notify::testing {

inline std::string text_of(Bytes const& bytes) {
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

/// HMAC-SHA-256, from which RFC 8291, 3.4 spells out its HKDF.
inline std::string hmac(std::string const& key, std::string const& words) {
    std::string out(32, '\0');
    unsigned size = 32;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<unsigned char const*>(words.data()), words.size(),
         reinterpret_cast<unsigned char*>(out.data()), &size);
    return out;
}

/// A point of P-256 from its 65 bytes.
struct Curve {
    std::unique_ptr<EC_GROUP, void (*)(EC_GROUP*)> group{
        EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1), EC_GROUP_free};
    using Point = std::unique_ptr<EC_POINT, void (*)(EC_POINT*)>;

    [[nodiscard]] Point point(std::string const& bytes) const {
        Point point(EC_POINT_new(group.get()), EC_POINT_free);
        if (EC_POINT_oct2point(group.get(), point.get(),
                               reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(),
                               nullptr) != 1)
            throw std::runtime_error("not a point");
        return point;
    }
    /// The first coordinate of `scalar` times the point.
    [[nodiscard]] std::string shared(PrivateKey const& scalar, std::string const& bytes) const {
        auto const from = point(bytes);
        Point const product(EC_POINT_new(group.get()), EC_POINT_free);
        std::unique_ptr<BIGNUM, void (*)(BIGNUM*)> const number(
            BN_bin2bn(reinterpret_cast<unsigned char const*>(scalar.scalar.data()), 32, nullptr),
            BN_free);
        std::unique_ptr<BIGNUM, void (*)(BIGNUM*)> const x(BN_new(), BN_free);
        EC_POINT_mul(group.get(), product.get(), nullptr, from.get(), number.get(), nullptr);
        EC_POINT_get_affine_coordinates(group.get(), product.get(), x.get(), nullptr, nullptr);
        std::string out(32, '\0');
        BN_bn2binpad(x.get(), reinterpret_cast<unsigned char*>(out.data()), 32);
        return out;
    }
};

/// What the browser of `key` and `auth` reads in the body of a push message. Throws if it can't.
inline std::string read_push(PrivateKey const& key, Bytes const& auth, std::string const& body) {
    if (body.size() < 86 + 17 || body.at(20) != 65) throw std::runtime_error("no aes128gcm");
    auto const salt = body.substr(0, 16);
    auto const sender = body.substr(21, 65);
    auto const record = body.substr(86);
    auto const own = text_of(public_key_of(key));
    auto const one = std::string(1, '\x01');
    auto const nul = std::string(1, '\0');
    auto const secret = hmac(text_of(auth), Curve().shared(key, sender));
    auto const input = hmac(secret, "WebPush: info" + nul + own + sender + one);
    auto const pseudo = hmac(salt, input);
    auto const content = hmac(pseudo, "Content-Encoding: aes128gcm" + nul + one).substr(0, 16);
    auto const nonce = hmac(pseudo, "Content-Encoding: nonce" + nul + one).substr(0, 12);
    std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX*)> const cipher(EVP_CIPHER_CTX_new(),
                                                                            EVP_CIPHER_CTX_free);
    auto const raw = [](std::string const& text) {
        return reinterpret_cast<unsigned char const*>(text.data());
    };
    auto tag = record.substr(record.size() - 16);
    std::string plain(record.size() - 16, '\0');
    int length = 0;
    EVP_DecryptInit_ex(cipher.get(), EVP_aes_128_gcm(), nullptr, raw(content), raw(nonce));
    EVP_DecryptUpdate(cipher.get(), reinterpret_cast<unsigned char*>(plain.data()), &length,
                      raw(record), static_cast<int>(plain.size()));
    EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, 16, tag.data());
    if (EVP_DecryptFinal_ex(cipher.get(), nullptr, &length) != 1)
        throw std::runtime_error("not authentic");
    auto const end = plain.find_last_not_of('\0');
    if (end == std::string::npos || plain[end] != '\x02')
        throw std::runtime_error("no last record");
    return plain.substr(0, end);
}

/// What a push service finds in an Authorization header (RFC 8292, 3).
struct Token {
    Bytes public_key;
    boost::json::object claims;
    bool signature_holds = false;
};

inline Token token_in(std::string const& header) {
    auto const begin = std::string_view("vapid t=").size();
    auto const comma = header.find(", k=");
    if (!header.starts_with("vapid t=") || comma == std::string::npos)
        throw std::runtime_error("no VAPID header");
    auto const token = header.substr(begin, comma - begin);
    auto const last = token.rfind('.');
    auto const words = token.substr(0, last);
    auto const dot = words.find('.');
    Token result;
    result.public_key = from_base64url(header.substr(comma + 4)).value();
    result.claims =
        boost::json::parse(text_of(from_base64url(words.substr(dot + 1)).value())).as_object();
    auto const signature = text_of(from_base64url(token.substr(last + 1)).value());
    std::string digest(32, '\0');
    auto* const digest_bytes = reinterpret_cast<unsigned char*>(digest.data());
    SHA256(reinterpret_cast<unsigned char const*>(words.data()), words.size(), digest_bytes);
    Curve const curve;
    auto const point = curve.point(text_of(result.public_key));
    // r = x(u1 G + u2 Q) mod n (FIPS 186-5, 6.4.2).
    using Number = std::unique_ptr<BIGNUM, void (*)(BIGNUM*)>;
    auto const number = [](std::string const& bytes) {
        return Number(BN_bin2bn(reinterpret_cast<unsigned char const*>(bytes.data()),
                                static_cast<int>(bytes.size()), nullptr),
                      BN_free);
    };
    std::unique_ptr<BN_CTX, void (*)(BN_CTX*)> const context(BN_CTX_new(), BN_CTX_free);
    auto const r = number(signature.substr(0, 32));
    auto const s = number(signature.substr(32));
    auto const hash = number(digest);
    auto const* const order = EC_GROUP_get0_order(curve.group.get());
    Number const inverse(BN_mod_inverse(nullptr, s.get(), order, context.get()), BN_free);
    Number const u1(BN_new(), BN_free);
    Number const u2(BN_new(), BN_free);
    BN_mod_mul(u1.get(), hash.get(), inverse.get(), order, context.get());
    BN_mod_mul(u2.get(), r.get(), inverse.get(), order, context.get());
    Curve::Point const sum(EC_POINT_new(curve.group.get()), EC_POINT_free);
    EC_POINT_mul(curve.group.get(), sum.get(), u1.get(), point.get(), u2.get(), context.get());
    Number const x(BN_new(), BN_free);
    EC_POINT_get_affine_coordinates(curve.group.get(), sum.get(), x.get(), nullptr, context.get());
    BN_nnmod(x.get(), x.get(), order, context.get());
    result.signature_holds = signature.size() == 64 && BN_cmp(x.get(), r.get()) == 0;
    return result;
}

}  // namespace kith::notify::testing
