#include "members/password.hpp"

#include <doctest/doctest.h>

using namespace kith;
using namespace kith::members;

TEST_CASE("a password is checked against its hash") {
    std::string const hash = hash_password("seven lamps over the river");
    CHECK(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
    CHECK(check_password(hash, "seven lamps over the river"));
    CHECK_FALSE(check_password(hash, "Seven lamps over the river"));
    CHECK_FALSE(check_password(hash, ""));
    CHECK_FALSE(needs_new_hash(hash));
    CHECK(hash_password("seven lamps over the river") != hash);
}

TEST_CASE("a hash that can't be read fits no password") {
    CHECK_FALSE(check_password("", "x"));
    CHECK_FALSE(check_password("$argon2id$v=19$m=65536,t=2,p=1$broken", "x"));
    CHECK_FALSE(check_password(std::string(1000, 'x'), "x"));
    CHECK(needs_new_hash(""));
    CHECK_NOTHROW(check_no_password("x"));
}

TEST_CASE("a hash of other costs is to be made anew") {
    // "x" with t=1, m=8 KiB.
    CHECK(
        needs_new_hash("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$"
                       "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
}

TEST_CASE("a good password is long and one's own, nothing else is asked") {
    for (std::string_view good :
         {"seven lamps over the river", "kein apfel faellt nach oben", "zqxwvtbnmplkjhg 9",
          "a dozen grey umbrellas", "我们在河边一起喝茶看着月亮升起来", "Tr4m-l1ne_to-the.harbour",
          "my password has four grey umbrellas"})
        CHECK_FALSE(password_mistake(good));
    CHECK_FALSE(password_mistake("grey tin", {{}, 8}));
}

TEST_CASE("a short password is refused, counted in characters") {
    CHECK(password_mistake("grey umbrella") == "password.short");
    CHECK(password_mistake("éééééééééééééé") == "password.short");
    CHECK(password_mistake("") == "password.short");
    CHECK(password_mistake(std::string(limits::password_bytes_max + 1, 'x')) == "password.long");
}

TEST_CASE("repetitions and sequences are refused") {
    for (std::string_view pattern :
         {"aaaaaaaaaaaaaaaaaaaa", "abababababababab", "greytingreytingreytin",
          "abcdefghijklmnopqrst", "0123456789012345", "zyxwvutsrqponmlk", "qwertyuiopasdfghjkl",
          "1111222233334444", "asdfghjkl;asdfghjkl;"})
        CHECK(password_mistake(pattern) == "password.pattern");
}

TEST_CASE("what everybody tries is refused, also with digits for letters") {
    for (std::string_view common :
         {"passwordpassword1", "P@ssw0rdP@ssw0rd!", "correcthorsebatterystaple",
          "Correct Horse Battery Staple", "MayTheForceBeWithYou", "iloveyou-forever-2024",
          "thisismypassword", "1q2w3e4r5t6y7u8i", "welcome123welcome!", "Password2024Password",
          "qwerty123password", "LetMeInPlease12!", "password-princess"})
        CHECK_MESSAGE(password_mistake(common) == "password.common", common);
    CHECK(password_mistake("sunshine1", {{}, 8}) == "password.common");
}

TEST_CASE("one's own name and the community's are refused") {
    PasswordContext const context{{"Quiet Mornings", "Rosalind Weatherby", "rosa.w@example.org"}};
    CHECK(password_mistake("quietmornings2024", context) == "password.name");
    CHECK(password_mistake("Rosalind-Weatherby-1", context) == "password.name");
    CHECK(password_mistake("weatherby1984!!!!", context) == "password.name");
    CHECK_FALSE(password_mistake("rosalind eats grey umbrellas", context));
    CHECK_FALSE(password_mistake("seven lamps over the river", context));
}
