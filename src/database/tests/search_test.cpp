#include "database/search.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "base/limits.hpp"
#include "base/refusal.hpp"
#include "base/text.hpp"
#include "database/database.hpp"
#include "database/migrator.hpp"
#include "postgres.hpp"
#include "resources/database.hpp"

namespace kith::database {
namespace {

constexpr Sql things_found =
    in_found<"select f.thing from found f order by f.id desc limit :at_most">;

using Things = std::vector<std::int64_t>;

std::string words_of(std::string_view text) { return search_words(text); }

/// An index of a test's own, of entries that anyone sees.
class Index {
public:
    explicit Index(tests::TestDatabase const& fresh) : database({.url = fresh.url}) {
        static_cast<void>(migrate(database, migrations_of(database_resources())));
    }
    void put(std::int64_t thing, std::string_view text, std::string_view language = "en",
             SearchScope scope = SearchScope::anyone(), std::string_view kind = "notes") {
        auto const words = search_words(text);
        database.write_now([&](Write& write) {
            put_in_search(write, {kind, thing, std::move(scope), language, words});
        });
    }
    void take(std::int64_t thing) {
        database.write_now([&](Write& write) { take_from_search(write, "notes", thing); });
    }
    Things find(std::string_view question, LastWord last = LastWord::whole,
                std::vector<SearchScope> const& scopes = {SearchScope::anyone()},
                std::string_view language = "en", std::string_view kind = "notes") {
        auto const query = parse_search(question);
        if (query.empty()) return {};
        return database.read([&](Read& read) {
            return rows<std::int64_t>(
                read, things_found,
                bind("found", found_by(read, query, last, kind, scopes, language)),
                bind("before", std::numeric_limits<std::int64_t>::max()), bind("at_most", 100));
        });
    }

    Database database;
};

TEST_CASE("words are found without case, accents, vowel signs and stretched letters") {
    CHECK(words_of("Grüße, ÅSA! Don't") == "grusse asa don t");
    CHECK(words_of("Œuvre ﬁn Łódź ２０２６") == "oeuvre fin lodz 2026");
    CHECK(words_of("كِتَابٌ مدرســـة إلى") == "كتاب مدرسه الي");
    CHECK(words_of("हिन्दी में") == "हिन्दी में");
    CHECK(words_of("soft\u00ADhyphen a\u200Db") == "softhyphen ab");
    CHECK(words_of("<script>alert('x')</script>") == "script alert x script");
    CHECK(words_of("\xFF\xFE broken \xC3") == "broken");
    CHECK(words_of("👋 — …").empty());
}

TEST_CASE("what is written together is kept as pairs of letters, and each letter alone") {
    CHECK(words_of("世界和平") == "世界 界和 和平 平 世 和 平 界");
    CHECK(words_of("Kithの家") == "kith の家 家 の 家");
}

TEST_CASE("a token says where it stands in its text") {
    auto const tokens = search_tokens("Ein Grüß 世界", 10);
    REQUIRE(tokens.size() == 4);
    CHECK(tokens[1] == SearchToken{"gruss", 4, 10});
    CHECK(tokens[2] == SearchToken{"世界", 11, 17});
    CHECK(tokens[3] == SearchToken{"界", 14, 17});
    CHECK(search_tokens("one two three", 2).size() == 2);
}

TEST_CASE("words of one thing have a limit") {
    std::string many;
    for (std::size_t i = 0; i < limits::search_words_max + 50; ++i)
        many += "w" + std::to_string(i) + " ";
    auto const kept = words_of(many);
    CHECK(kept.ends_with(" w" + std::to_string(limits::search_words_max - 1)));
    auto const long_word = words_of(std::string(500, 'x'));
    CHECK(long_word.size() == limits::search_word_characters_max);
    std::string heavy;
    for (int i = 0; i < 10'000; ++i) heavy += std::string(60, 'x') + std::to_string(i) + " ";
    CHECK(words_of(heavy).size() <= limits::search_bytes_max);
}

TEST_CASE("a question is words, phrases and what to do without") {
    auto const query = parse_search(R"(tea "quiet morning" -coffee -"too late" well-known)");
    REQUIRE(query.with.size() == 3);
    CHECK(query.with[0].tokens == std::vector<std::string>{"tea"});
    CHECK(query.with[1].tokens == std::vector<std::string>{"quiet", "morning"});
    CHECK(query.with[2].tokens == std::vector<std::string>{"well", "known"});
    REQUIRE(query.without.size() == 2);
    CHECK(query.without[1].tokens == std::vector<std::string>{"too", "late"});
    CHECK(query.last_may_go_on);
    CHECK_FALSE(query.cut);
    CHECK_FALSE(parse_search("te").last_may_go_on);
    CHECK_FALSE(parse_search("\"quiet\"").last_may_go_on);
    CHECK_FALSE(parse_search("tea -coffee").last_may_go_on);
    CHECK(parse_search("„leise Stunde“").with.front().tokens.size() == 2);
}

TEST_CASE("a question has limits, and what isn't a word is passed over") {
    CHECK(parse_search("").empty());
    CHECK(parse_search(" - -- \" \"\" ' * ( ) : ^ AND~ ").with.size() == 1);
    CHECK(parse_search("-coffee").empty());
    CHECK(parse_search("a b c d e f g h i j k l m").cut);
    CHECK(parse_search("a b c d e f g h i j k l m").with.size() == limits::search_terms_max);
    std::string const long_text(limits::search_characters_max + 1, 'x');
    CHECK(parse_search(long_text).cut);
    CHECK_FALSE(parse_search(long_text.substr(1)).cut);
}

TEST_CASE("a snippet shows where the words are found, and cuts between words") {
    auto const query = parse_search("lamp");
    CHECK(snippet_of("A <b>lamp</b>.\nIt burns.", query) ==
          std::vector<SnippetPart>{{"A <b>", false}, {"lamp", true}, {"</b>. It burns.", false}});
    std::string const far = std::string(60, 'a') + " " + std::string(200, 'b') +
                            " some words ahead of the lamp and then " + std::string(300, 'c');
    auto const parts = snippet_of(far, query);
    REQUIRE(parts.size() >= 3);
    CHECK(parts.front().text == "… ");
    CHECK(parts[2] == SnippetPart{"lamp", true});
    CHECK(parts.back().text == " …");
    CHECK(snippet_of("nothing of it", query) == std::vector<SnippetPart>{{"nothing of it", false}});
    CHECK(snippet_of("", query).empty());
    CHECK(snippet_of("das Café, die Cafés", parse_search("cafe"))[1] == SnippetPart{"Café", true});
    CHECK(snippet_of("我们的世界和平", parse_search("世界"))[1] == SnippetPart{"世界", true});
    auto const cut_letter = snippet_of(std::string(300, 'x') + "üüü lamp", query);
    for (auto const& part : cut_letter) CHECK(valid_utf8(part.text));
}

TEST_CASE("both engines find words, phrases, beginnings, and do without") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Index index(fresh);
        index.put(1, "A quiet morning with tea");
        index.put(2, "The morning was quiet, with coffee");
        index.put(3, "Quieten down, she said");
        CHECK(index.find("quiet") == Things{2, 1});
        CHECK(index.find("QUIET Tea") == Things{1});
        CHECK(index.find("\"quiet morning\"") == Things{1});
        CHECK(index.find("quiet -coffee") == Things{1});
        CHECK(index.find("morning -\"with tea\"") == Things{2});
        CHECK(index.find("coff").empty());
        CHECK(index.find("coff", LastWord::begun) == Things{2});
        CHECK(index.find("quiet morn", LastWord::begun) == Things{2, 1});
        CHECK(index.find("the").size() == 1);
        CHECK(index.find("nowhere").empty());
        CHECK(index.find("nowher", LastWord::begun).empty());
    }
}

TEST_CASE("PostgreSQL knows the forms of a language's words; without still means the word itself") {
    Index index(tests::new_postgres_database());
    index.put(1, "Walking the dogs", "en");
    index.put(2, "Die Häuser am Fluss", "de");
    CHECK(index.find("walked dog") == Things{1});
    CHECK(index.find("Haus", LastWord::whole, {SearchScope::anyone()}, "de") == Things{2});
    CHECK(index.find("walk -dogs").empty());
    CHECK(index.find("walk -cats") == Things{1});
}

TEST_CASE("Chinese, Japanese, Korean, Thai and Arabic are found by a part") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Index index(fresh);
        index.put(1, "我们的世界和平", "zh");
        index.put(2, "静かな朝にお茶を飲む", "ja");
        index.put(3, "조용한 아침입니다", "ko");
        index.put(4, "เช้าที่เงียบสงบ", "th");
        index.put(5, "صباحٌ هادئٌ مع الشاي", "ar");
        index.put(6, "Tom界 was here", "en");
        CHECK(index.find("世界") == Things{1});
        CHECK(index.find("界和平") == Things{1});
        CHECK(index.find("界") == Things{6, 1});
        CHECK(index.find("平和").empty());
        CHECK(index.find("お茶") == Things{2});
        CHECK(index.find("아침") == Things{3});
        CHECK(index.find("เงียบ") == Things{4});
        CHECK(index.find("صباح") == Things{5});
        CHECK(index.find("tom界") == Things{6});
    }
}

TEST_CASE("what changes or goes is no longer found as it was") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Index index(fresh);
        index.put(1, "first words");
        index.put(2, "other words");
        index.put(1, "second words");
        CHECK(index.find("first").empty());
        CHECK(index.find("words") == Things{2, 1});
        index.take(2);
        index.take(2);
        CHECK(index.find("words") == Things{1});
        index.database.write_now([](Write& write) { empty_search(write); });
        CHECK(index.find("words").empty());
        index.put(1, "second words");
        CHECK(index.find("second") == Things{1});
    }
}

TEST_CASE("what a deed changes twice is found as it was left, and nothing of a deed undone") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Index index(fresh);
        auto const put = [](Write& write, std::int64_t thing, std::string_view words) {
            put_in_search(write, {"notes", thing, SearchScope::anyone(), "en", words});
        };
        index.database.write_now([&](Write& write) {
            put(write, 1, "first words");
            put(write, 1, "second words");
            put(write, 2, "other words");
            take_from_search(write, "notes", 2);
        });
        CHECK(index.find("first").empty());
        CHECK(index.find("words") == Things{1});
        CHECK_THROWS_AS(index.database.write_now([&](Write& write) {
            put(write, 1, "never");
            put(write, 3, "never words");
            throw Refusal::not_allowed();
        }),
                        Refusal);
        CHECK(index.find("never").empty());
        CHECK(index.find("second") == Things{1});
        index.put(1, "third");
        CHECK(index.find("second").empty());
        CHECK(index.find("third") == Things{1});
    }
}

TEST_CASE("kinds and scopes are kept apart, and a scope can change") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Index index(fresh);
        index.put(1, "tea anyone notes g7");
        index.put(2, "tea", "en", SearchScope::members());
        index.put(3, "tea", "en", SearchScope::group(7));
        index.put(1, "tea", "en", SearchScope::anyone(), "letters");
        CHECK(index.find("tea") == Things{1});
        CHECK(index.find("tea", LastWord::whole, {SearchScope::anyone(), SearchScope::members()}) ==
              Things{2, 1});
        CHECK(index.find("tea", LastWord::whole, {SearchScope::group(7)}) == Things{3});
        CHECK(index.find("tea", LastWord::whole, {SearchScope::anyone()}, "en", "letters") ==
              Things{1});
        index.database.write_now([](Write& write) {
            set_search_scope(write, "notes", 3, SearchScope::anyone());
            set_search_scope(write, "notes", 99, SearchScope::anyone());
        });
        CHECK(index.find("tea") == Things{3, 1});
    }
}

TEST_CASE("no question is an error, whatever it is made of") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Index index(fresh);
        index.put(1, "plain words 世界");
        for (std::string const question : {"NOT",
                                           "a AND OR NOT",
                                           "NEAR(a b)",
                                           "words:plain",
                                           "kind : \"notes\"",
                                           "'",
                                           "''x''",
                                           "\\",
                                           "a\\'b",
                                           "x:*",
                                           "!x",
                                           "x & y | !z",
                                           "<->",
                                           "%_",
                                           "-",
                                           "\"",
                                           "\"-\"",
                                           "((",
                                           "*",
                                           "^x",
                                           "{words} : x",
                                           "plain\nwords",
                                           "\x01\x02",
                                           "1e5 -1.5 3/4",
                                           "http://a.b/c?d=e",
                                           "世-界",
                                           "\"世\" plain",
                                           "plain世",
                                           "😀",
                                           "the",
                                           "the -the",
                                           "a'b\"c-d\"e"}) {
            CAPTURE(question);
            CHECK_NOTHROW(index.find(question));
            CHECK_NOTHROW(index.find(question, LastWord::begun));
            CHECK_NOTHROW(index.find("plain " + question, LastWord::begun));
        }
        CHECK(index.find("plain\nwords") == Things{1});
    }
}

TEST_CASE("a thing of the most words that the index takes can be put on both engines") {
    std::string latin;
    std::string han;
    for (char32_t i = 0; i < 40'000; ++i) latin += "wort" + std::to_string(i) + " ";
    for (char32_t i = 0; i < 80'000; ++i) append_utf8(han, 0x4E00 + i * 7919 % 20'000);
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Index index(fresh);
        index.put(1, latin, "de");
        index.put(2, han, "zh");
        CHECK(index.find("wort77") == Things{1});
        CHECK(index.find(first_code_points(han, 3)) == Things{2});
    }
}

}  // namespace
}  // namespace kith::database
