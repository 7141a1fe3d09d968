#include "base/text.hpp"

#include <doctest/doctest.h>

#include <set>

#include "base/email.hpp"
#include "base/limits.hpp"

using namespace kith;

TEST_CASE("UTF-8 is valid in its shortest form only") {
    CHECK(valid_utf8("a é 字 😀"));
    CHECK(valid_utf8(""));
    for (std::string_view broken :
         {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
          "\xF8\x88\x80\x80\x80", "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xFF"})
        CHECK_FALSE(valid_utf8(broken));
}

TEST_CASE("repair keeps what is whole and drops control characters") {
    CHECK(repaired_utf8("a\xC3z") == "a\uFFFDz");
    CHECK(repaired_utf8("a\tb\nc\r\x7F\u0085d") == "a\tb\ncd");
}

TEST_CASE("code points are counted and cut whole") {
    CHECK(code_points("aé字😀") == 4);
    CHECK(first_code_points("aé字😀", 3) == "aé字");
    CHECK(first_code_points("aé", 9) == "aé");
    CHECK(code_points("\xC3") == 1);
}

TEST_CASE("trim takes white space from both ends") {
    CHECK(trim(" \t\r\n\u00A0a b\u00A0 ") == "a b");
    CHECK(trim("   ") == "");
    CHECK(trim("") == "");
}

TEST_CASE("a slug is lower-case ASCII words") {
    CHECK(slug_of("Why We Still Need Each Other: The Power") ==
          "why-we-still-need-each-other-the-power");
    CHECK(slug_of("  Über Straße, Ærø & naïve—Łódź  ") == "ueber-strasse-aero-naive-lodz");
    CHECK(slug_of("Don’t don't") == "dont-dont");
    CHECK(slug_of("Зачем мы друг другу") == "zachem-my-drug-drugu");
    CHECK(slug_of("e\u0301te\u0301") == "ete");
    CHECK(slug_of("我们") == "untitled");
    CHECK(slug_of("") == "untitled");
    CHECK(slug_of("--- !!! ---") == "untitled");
}

TEST_CASE("a long slug is cut between words") {
    std::string words;
    for (int i = 0; i < 30; ++i) words += "seven77 ";
    std::string const slug = slug_of(words);
    CHECK(slug.size() <= limits::slug_characters_max);
    CHECK(slug.ends_with("seven77"));
    CHECK(slug_of(std::string(500, 'a')).size() == limits::slug_characters_max);
}

TEST_CASE("initials are the first letters of the first and last word") {
    CHECK(initials_of("maria del carmen lópez") == "ML");
    CHECK(initials_of("élan") == "É");
    CHECK(initials_of("  (anna)  \"öz\" ") == "AÖ");
    CHECK(initials_of("王 小明") == "王小");
    CHECK(initials_of("żaneta") == "Ż");
    CHECK(initials_of("... !") == "?");
    CHECK(initials_of("") == "?");
}

TEST_CASE("a tint is 1 to 6, the same each time, and all are used") {
    SystemRandom random;
    std::set<int> seen;
    for (int i = 0; i < 300; ++i) {
        PublicId const id = PublicId::make(random);
        CHECK(tint_of(id) == tint_of(id));
        seen.insert(tint_of(id));
    }
    CHECK(seen == std::set{1, 2, 3, 4, 5, 6});
}

TEST_CASE("HTML is escaped for elements and quoted attributes") {
    CHECK(escape_html("<a href='x' b=\"y\">&") ==
          "&lt;a href=&#39;x&#39; b=&quot;y&quot;&gt;&amp;");
}

TEST_CASE("an address of mail is plain or refused") {
    for (std::string_view good : {"a@b.org", "first.last+tag@mail.example.co.uk", "root@localhost",
                                  "o'neil_x@a-b.org", "x@xn--bcher-kva.example"})
        CHECK(valid_email(good));
    for (std::string_view bad : {"",
                                 "a",
                                 "@b.org",
                                 "a@",
                                 "a@b",
                                 "a@@b.org",
                                 "a@b@c.org",
                                 "a b@c.org",
                                 "a@b .org",
                                 "a\r\nBcc: x@y.org@b.org",
                                 "a@b.org\r\nBcc: x@y.org",
                                 "a@b.org\n",
                                 "<a@b.org>",
                                 "\"a b\"@c.org",
                                 "a,b@c.org",
                                 ".a@b.org",
                                 "a.@b.org",
                                 "a..b@c.org",
                                 "a@-b.org",
                                 "a@b-.org",
                                 "a@.org",
                                 "a@b..org",
                                 "a@b.org.",
                                 "é@b.org",
                                 "a@é.org",
                                 "a@[127.0.0.1]",
                                 "a(c)@b.org",
                                 "a;b@c.org",
                                 "a:b@c.org",
                                 "a\\b@c.org"})
        CHECK_FALSE(valid_email(bad));
    CHECK_FALSE(valid_email(std::string(65, 'a') + "@b.org"));
    CHECK_FALSE(valid_email("a@" + std::string(64, 'b') + ".org"));
    std::string host;
    for (int i = 0; i < 40; ++i) host += "abcdefg.";
    CHECK_FALSE(valid_email("a@" + host + "org"));
}
