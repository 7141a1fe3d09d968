#include "notify/push_crypto.hpp"

#include <doctest/doctest.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

#include <boost/json.hpp>

#include "base/base64url.hpp"
#include "push_reader.hpp"

using namespace kith;
using namespace kith::notify;
using namespace kith::notify::testing;

namespace {

Bytes from_text(std::string_view text) { return from_base64url(text).value(); }

PrivateKey key_from(std::string_view text) {
    PrivateKey key;
    std::ranges::copy(from_text(text), key.scalar.begin());
    return key;
}

Bytes bytes_of(std::string_view text) {
    auto const view = std::as_bytes(std::span(text.data(), text.size()));
    return {view.begin(), view.end()};
}

constexpr std::string_view browsers_public =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

}  // namespace

TEST_CASE("the example of RFC 8291 comes out to the byte") {
    PushKeys const keys{from_text(browsers_public), from_text("BTBZMqHH6r4Tts7J_aSIgg")};
    PushSalt salt;
    std::ranges::copy(from_text("DGv6ra1nlYgDCS1FRnbzlw"), salt.salt.begin());
    salt.sender = key_from("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
    auto const body = encrypt_push(keys, salt, "When I grow up, I want to be a watermelon");
    CHECK(to_base64url(bytes_of(body)) ==
          "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
          "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
          "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
}

TEST_CASE("the browser of RFC 8291 reads what is encrypted for it, and its size tells nothing") {
    SystemRandom random;
    PushKeys const keys{from_text(browsers_public), from_text("BTBZMqHH6r4Tts7J_aSIgg")};
    auto const browser = key_from("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94");
    CHECK(public_key_of(browser) == keys.p256dh);
    auto const short_one = encrypt_push(keys, make_push_salt(random), "a", 99);
    auto const long_one = encrypt_push(keys, make_push_salt(random), std::string(80, 'b'), 20);
    CHECK(short_one.size() == long_one.size());
    CHECK(read_push(browser, keys.auth, short_one) == "a");
    CHECK(read_push(browser, keys.auth, long_one) == std::string(80, 'b'));
    auto broken = short_one;
    broken.back() = static_cast<char>(broken.back() ^ 1);
    CHECK_THROWS(read_push(browser, keys.auth, broken));
}

TEST_CASE("what isn't a key is refused") {
    CHECK_FALSE(is_private_key(Bytes(32)));
    CHECK_FALSE(is_private_key(Bytes(32, std::byte{0xFF})));
    CHECK_FALSE(is_private_key(Bytes(31, std::byte{1})));
    CHECK(is_private_key(Bytes(32, std::byte{1})));
    auto point = from_text(browsers_public);
    CHECK(is_public_key(point));
    point.back() ^= std::byte{1};
    CHECK_FALSE(is_public_key(point));
    CHECK_FALSE(is_public_key({}));
    SystemRandom random;
    CHECK_THROWS_AS(
        static_cast<void>(encrypt_push({point, Bytes(16)}, make_push_salt(random), "a")),
        PushCryptoFault);
}

TEST_CASE("the server's key follows from its secret, and its token is signed by it") {
    Seal::Key secret{};
    secret.fill(std::byte{7});
    Seal const seal(secret);
    auto const key = vapid_key(seal);
    CHECK(key.scalar == vapid_key(Seal(secret)).scalar);
    secret.fill(std::byte{8});
    CHECK(key.scalar != vapid_key(Seal(secret)).scalar);

    auto const header = vapid_header(
        key, {"https://push.example", "mailto:post@kith.example", Time(std::chrono::hours(1))});
    auto const words = token_in(header);
    CHECK(words.public_key == public_key_of(key));
    CHECK(words.signature_holds);
    CHECK(words.claims.at("aud").as_string() == "https://push.example");
    CHECK(words.claims.at("exp").as_int64() == 3600);
    CHECK(words.claims.at("sub").as_string() == "mailto:post@kith.example");
}
