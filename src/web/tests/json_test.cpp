#include "web/json.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <limits>

namespace kith::web::json_test {

enum class Status { draft, published };
BOOST_DESCRIBE_ENUM(Status, draft, published)

struct Note {
    std::string words;
    std::optional<std::string> pronouns;
    Status status = Status::published;
    std::int64_t count = 0;
    double share = 0;
    bool mine = false;
    Time written_at;
    Html body;
    std::vector<Note> replies;
};
BOOST_DESCRIBE_STRUCT(Note, (),
                      (words, pronouns, status, count, share, mine, written_at, body, replies))

namespace {

std::string quoted(std::string_view text) {
    std::string out;
    json_text(out, text);
    return out;
}

TEST_CASE("a view model becomes JSON") {
    using namespace std::chrono;
    Note note;
    note.words = "hello";
    note.count = -9007199254740993;
    note.share = 0.5;
    note.mine = true;
    note.written_at = sys_days(2025y / March / 8) + 7h + 52min + 31s;
    note.body.text = "<p>x</p>";
    note.replies.emplace_back();
    note.replies[0].pronouns = "they";
    note.replies[0].written_at = note.written_at;
    CHECK(to_json(note) ==
          R"({"words":"hello","pronouns":null,"status":"published","count":-9007199254740993,)"
          R"("share":0.5,"mine":true,"written_at":"2025-03-08T07:52:00Z",)"
          R"("body":"\u003cp\u003ex\u003c/p\u003e","replies":[{"words":"","pronouns":"they",)"
          R"("status":"published","count":0,"share":0,"mine":false,)"
          R"("written_at":"2025-03-08T07:52:00Z","body":"","replies":[]}]})");
}

TEST_CASE("what JSON has no number for is null") {
    CHECK(to_json(std::numeric_limits<double>::infinity()) == "null");
}

TEST_CASE("JSON text can't leave a script element or a string") {
    CHECK(quoted("</script>&\"\\") == R"("\u003c/script\u003e\u0026\"\\")");
    CHECK(quoted("a\nb\tc\rd\x01\x7f") == R"("a\nb\tc\rd\u0001\u007f")");
    CHECK(quoted("\u2028\u2029") == R"("\u2028\u2029")");
    CHECK(quoted("Grüße 🌿") == "\"Grüße 🌿\"");
}

TEST_CASE("JSON is valid UTF-8 whatever went in") {
    for (auto const* text : {"\xff", "a\xc3", "\xed\xa0\x80", "\xc0\xaf", "\xf5\x80\x80\x80"}) {
        boost::json::error_code error;
        auto const value = boost::json::parse(quoted(text), error);
        CHECK_FALSE(error);
        CHECK(std::string(value.as_string()).find("\xef\xbf\xbd") != std::string::npos);
    }
}

TEST_CASE("a schema names each described type once, and recursion ends") {
    boost::json::object schemas;
    auto const schema = json_schema(shape_of<std::vector<Note>>(), schemas);
    CHECK(boost::json::serialize(schema) ==
          R"({"type":"array","items":{"$ref":"#/components/schemas/web.json_test.Note"}})");
    REQUIRE(schemas.size() == 2);
    auto const& note = schemas.at("web.json_test.Note").as_object();
    CHECK(note.at("required").as_array().size() == 9);
    auto const& properties = note.at("properties").as_object();
    CHECK(boost::json::serialize(properties.at("pronouns")) ==
          R"({"anyOf":[{"type":"string"},{"type":"null"}]})");
    CHECK(properties.at("written_at").at("format") == "date-time");
    CHECK(boost::json::serialize(schemas.at("web.json_test.Status")) ==
          R"({"type":"string","enum":["draft","published"]})");
}

}  // namespace

}  // namespace kith::web::json_test
