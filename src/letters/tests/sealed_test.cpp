#include "letters/sealed.hpp"

#include "letters_site.hpp"

namespace kith::letters {
namespace {

using testing::sealed_for;

TEST_CASE("what isn't sealed isn't taken for it") {
    for (auto const* words : {"", "hello", "YWdlLWVuY3J5cHRpb24", "age-encryption.org/v1"})
        CHECK(recipients_of(words, "X25519") == 0);
    // Base64url of the first line alone: a header without an end.
    CHECK(recipients_of("YWdlLWVuY3J5cHRpb24ub3JnL3YxCg", "X25519") == 0);
}

TEST_CASE("how many recipients a sealed text has, and of which kind") {
    CHECK(is_for_two(sealed_for(2, "x")));
    CHECK_FALSE(is_for_two(sealed_for(1, "x")));
    CHECK_FALSE(is_for_two(sealed_for(3, "x")));
    CHECK(is_for_one(sealed_for(1, "x")));
    CHECK(is_wrapped(sealed_for(1, "x", "scrypt")));
    CHECK_FALSE(is_wrapped(sealed_for(1, "x")));
    CHECK_FALSE(is_for_one(sealed_for(1, "x", "scrypt")));
    CHECK(is_for_two(sealed_for(2, "-> X25519 more\n-> X25519 more\n")));
}

}  // namespace
}  // namespace kith::letters
