#include "notify/push_crypto.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <memory>

#include "base/base64url.hpp"
#include "web/json.hpp"

namespace kith::notify {
namespace {

template <auto free_it>
struct Freed {
    template <class Thing>
    void operator()(Thing* thing) const {
        free_it(thing);
    }
};
using Number = std::unique_ptr<BIGNUM, Freed<BN_clear_free>>;
using Group = std::unique_ptr<EC_GROUP, Freed<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Freed<EC_POINT_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

constexpr std::size_t point_bytes = 65;
constexpr std::size_t auth_bytes = 16;
constexpr std::size_t tag_bytes = 16;

void must(bool fine, char const* what) {
    if (!fine) throw PushCryptoFault(what);
}

unsigned char const* raw(std::span<std::byte const> bytes) {
    return reinterpret_cast<unsigned char const*>(bytes.data());
}
unsigned char* raw(Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }
std::span<std::byte const> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

Group curve() {
    Group group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
    must(group != nullptr, "no curve P-256");
    return group;
}

Number number_of(std::span<std::byte const> bytes) {
    Number number(BN_bin2bn(raw(bytes), static_cast<int>(bytes.size()), nullptr));
    must(number != nullptr, "no number");
    return number;
}

/// An OpenSSL key of a public point and, where there is one, its scalar.
Key key_of(std::span<std::byte const> point, PrivateKey const* secret) {
    Builder const builder(OSSL_PARAM_BLD_new());
    must(builder != nullptr, "no parameters");
    Number scalar;
    bool fine = OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME,
                                                "prime256v1", 0) == 1 &&
                OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                                 point.data(), point.size()) == 1;
    if (secret != nullptr) {
        scalar = number_of(secret->scalar);
        fine &= OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar.get()) == 1;
    }
    must(fine, "no parameters");
    Parameters const parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    KeyContext const context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    must(parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1, "no key");
    EVP_PKEY* made = nullptr;
    int const kind = secret != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
    bool const keyed = EVP_PKEY_fromdata(context.get(), &made, kind, parameters.get()) == 1;
    Key key(made);
    must(keyed && key, "this isn't a key");
    return key;
}

Bytes shared_secret(PrivateKey const& own, std::span<std::byte const> other) {
    auto const own_key = key_of(public_key_of(own), &own);
    auto const other_key = key_of(other, nullptr);
    KeyContext const context(EVP_PKEY_CTX_new_from_pkey(nullptr, own_key.get(), nullptr));
    std::size_t size = 32;
    Bytes secret(size);
    must(context && EVP_PKEY_derive_init(context.get()) == 1 &&
             EVP_PKEY_derive_set_peer(context.get(), other_key.get()) == 1 &&
             EVP_PKEY_derive(context.get(), raw(secret), &size) == 1 && size == 32,
         "no shared secret");
    return secret;
}

/// HKDF with SHA-256 (RFC 5869), both steps.
Bytes derived(std::span<std::byte const> salt, std::span<std::byte const> secret,
              std::string_view info, std::size_t size) {
    KeyContext const context(EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nullptr));
    auto const words = bytes_of(info);
    Bytes out(size);
    must(context && EVP_PKEY_derive_init(context.get()) == 1 &&
             EVP_PKEY_CTX_set_hkdf_md(context.get(), EVP_sha256()) == 1 &&
             EVP_PKEY_CTX_set1_hkdf_salt(context.get(), raw(salt), static_cast<int>(salt.size())) ==
                 1 &&
             EVP_PKEY_CTX_set1_hkdf_key(context.get(), raw(secret),
                                        static_cast<int>(secret.size())) == 1 &&
             EVP_PKEY_CTX_add1_hkdf_info(context.get(), raw(words),
                                         static_cast<int>(words.size())) == 1 &&
             EVP_PKEY_derive(context.get(), raw(out), &size) == 1,
         "no derived key");
    return out;
}

std::string sealed(Bytes const& key, Bytes const& nonce, std::string_view record) {
    Cipher const cipher(EVP_CIPHER_CTX_new());
    std::string out(record.size() + tag_bytes, '\0');
    auto* const to = reinterpret_cast<unsigned char*>(out.data());
    int length = 0;
    int rest = 0;
    must(cipher &&
             EVP_EncryptInit_ex(cipher.get(), EVP_aes_128_gcm(), nullptr, raw(key), raw(nonce)) ==
                 1 &&
             EVP_EncryptUpdate(cipher.get(), to, &length, raw(bytes_of(record)),
                               static_cast<int>(record.size())) == 1 &&
             EVP_EncryptFinal_ex(cipher.get(), to + length, &rest) == 1 &&
             EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes,
                                 to + record.size()) == 1,
         "not encrypted");
    return out;
}

std::string text_of(std::span<std::byte const> bytes) {
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

/// A signature as JOSE has it: both numbers, 32 bytes each (RFC 7518, 3.4).
Bytes signature_of(PrivateKey const& key, std::string_view words) {
    auto const own = key_of(public_key_of(key), &key);
    Digest const digest(EVP_MD_CTX_new());
    std::size_t size = 0;
    auto const* const from = raw(bytes_of(words));
    must(digest &&
             EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, own.get()) == 1 &&
             EVP_DigestSign(digest.get(), nullptr, &size, from, words.size()) == 1,
         "not signed");
    Bytes der(size);
    must(EVP_DigestSign(digest.get(), raw(der), &size, from, words.size()) == 1, "not signed");
    auto const* begin = raw(der);
    Signature const signature(d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(size)));
    must(signature != nullptr, "not signed");
    Bytes both(64);
    auto* const to = raw(both);
    must(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), to, 32) == 32 &&
             BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), to + 32, 32) == 32,
         "not signed");
    return both;
}

std::string part_of_token(std::string_view json) { return to_base64url(bytes_of(json)); }

}  // namespace

bool is_private_key(std::span<std::byte const> bytes) {
    if (bytes.size() != 32) return false;
    auto const number = number_of(bytes);
    auto const group = curve();
    return !BN_is_zero(number.get()) && BN_cmp(number.get(), EC_GROUP_get0_order(group.get())) < 0;
}

PrivateKey make_private_key(Random& random) {
    PrivateKey key;
    do random.fill(key.scalar);
    while (!is_private_key(key.scalar));
    return key;
}

Bytes public_key_of(PrivateKey const& key) {
    must(is_private_key(key.scalar), "this isn't a private key");
    auto const group = curve();
    auto const scalar = number_of(key.scalar);
    Point const point(EC_POINT_new(group.get()));
    Bytes out(point_bytes);
    must(point &&
             EC_POINT_mul(group.get(), point.get(), scalar.get(), nullptr, nullptr, nullptr) == 1 &&
             EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, raw(out),
                                out.size(), nullptr) == point_bytes,
         "no public key");
    return out;
}

bool is_public_key(std::span<std::byte const> bytes) {
    if (bytes.size() != point_bytes || bytes.front() != std::byte{4}) return false;
    auto const group = curve();
    Point const point(EC_POINT_new(group.get()));
    // Whatever isn't on the curve is refused here.
    return point &&
           EC_POINT_oct2point(group.get(), point.get(), raw(bytes), bytes.size(), nullptr) == 1;
}

PushSalt make_push_salt(Random& random) {
    PushSalt salt;
    random.fill(salt.salt);
    salt.sender = make_private_key(random);
    return salt;
}

std::string encrypt_push(PushKeys const& keys, PushSalt const& salt, std::string_view plain,
                         std::size_t padding) {
    must(is_public_key(keys.p256dh) && keys.auth.size() == auth_bytes, "these aren't push keys");
    auto const own = public_key_of(salt.sender);
    auto const secret = shared_secret(salt.sender, keys.p256dh);
    using namespace std::string_view_literals;
    auto const info = std::string("WebPush: info\0"sv) + text_of(keys.p256dh) + text_of(own);
    auto const input = derived(keys.auth, secret, info, 32);
    auto const key = derived(salt.salt, input, "Content-Encoding: aes128gcm\0"sv, 16);
    auto const nonce = derived(salt.salt, input, "Content-Encoding: nonce\0"sv, 12);
    // One record, the last: its words, 2, and nothing up to its size.
    auto const record = std::string(plain) + '\x02' + std::string(padding, '\0');
    auto const size =
        static_cast<std::uint32_t>(std::max<std::size_t>(record.size() + tag_bytes, 4096));
    std::string body = text_of(salt.salt);
    for (int shift = 24; shift >= 0; shift -= 8)
        body += static_cast<char>((size >> static_cast<unsigned>(shift)) & 0xFFU);
    body += static_cast<char>(point_bytes);
    return body + text_of(own) + sealed(key, nonce, record);
}

PrivateKey vapid_key(Seal const& seal) {
    for (int attempt = 0;; ++attempt) {
        auto const bytes = from_base64url(seal.hash("web push key", std::to_string(attempt)));
        PrivateKey key;
        if (!bytes || !is_private_key(*bytes)) continue;
        std::ranges::copy(*bytes, key.scalar.begin());
        return key;
    }
}

std::string vapid_header(PrivateKey const& key, VapidClaims const& claims) {
    auto const seconds =
        std::chrono::floor<std::chrono::seconds>(claims.expires_at).time_since_epoch().count();
    std::string payload = "{\"aud\":";
    web::json_text(payload, claims.audience);
    payload += ",\"exp\":" + std::to_string(seconds) + ",\"sub\":";
    web::json_text(payload, claims.subject);
    payload += "}";
    auto const words =
        part_of_token(R"({"typ":"JWT","alg":"ES256"})") + "." + part_of_token(payload);
    return "vapid t=" + words + "." + to_base64url(signature_of(key, words)) +
           ", k=" + to_base64url(public_key_of(key));
}

}  // namespace kith::notify
