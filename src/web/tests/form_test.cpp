#include "web/form.hpp"

#include <doctest/doctest.h>

#include "base/limits.hpp"

namespace kith::web::form_test {

enum class Audience { circle, everyone };
BOOST_DESCRIBE_ENUM(Audience, circle, everyone)

struct CommentForm {
    std::string body;
    std::optional<std::string> note;
    int page = 1;
    std::optional<std::int64_t> parent;
    bool guest = true;
    std::vector<std::string> tags;
    Audience audience = Audience::circle;
    PublicId to;
};
BOOST_DESCRIBE_STRUCT(CommentForm, (), (body, note, page, parent, guest, tags, audience, to))

namespace {

constexpr std::string_view urlencoded = "application/x-www-form-urlencoded";
constexpr std::string_view multipart = "multipart/form-data; boundary=----xX";

bool is_malformed(std::string_view type, std::string_view body) {
    try {
        static_cast<void>(parse_form(type, body));
        return false;
    } catch (Refusal const& refusal) {
        return refusal.kind() == Refusal::Kind::malformed;
    }
}

std::vector<FieldMistake> mistakes_in(std::string_view body) {
    try {
        static_cast<void>(read_form<CommentForm>(parse_form(urlencoded, body)));
        return {};
    } catch (Refusal const& refusal) {
        CHECK(refusal.kind() == Refusal::Kind::mistakes);
        return refusal.fields();
    }
}

TEST_CASE("an urlencoded form is read") {
    auto const fields = parse_form("application/x-www-form-urlencoded; charset=UTF-8",
                                   "body=a+b%20%26%3D%C3%BC&tags=x&tags=y&empty=&alone&&");
    CHECK(fields.text("body") == "a b &=ü");
    CHECK(fields.all("tags") == std::vector<std::string>{"x", "y"});
    CHECK(fields.find("empty") != nullptr);
    CHECK(fields.find("alone") != nullptr);
    CHECK(fields.find("missing") == nullptr);
    CHECK(fields.text("missing").empty());
}

TEST_CASE("line ends become plain and control characters go") {
    auto const fields = parse_form(urlencoded, "body=a%0D%0Ab%0Dc%0Ad%09e%01f%1Bg");
    CHECK(fields.text("body") == "a\nb\nc\nd\tefg");
}

TEST_CASE("broken encodings are refused") {
    for (auto const* body : {"a=%", "a=%4", "a=%zz", "a=%00", "a=%ff", "a=%c0%af", "a=%ed%a0%80",
                             "%00=a", "%ff=a", "%0a=a", "=a"}) {
        CHECK(is_malformed(urlencoded, body));
    }
    CHECK(is_malformed("text/plain", "a=b"));
    CHECK(is_malformed("", "a=b"));
    CHECK(parse_form("", "").values().empty());
}

TEST_CASE("a form has at most limits::form_fields_max fields, with short names") {
    std::string body;
    for (std::size_t i = 0; i < limits::form_fields_max; ++i) body += "a=b&";
    CHECK(parse_form(urlencoded, body).values().size() == limits::form_fields_max);
    CHECK(is_malformed(urlencoded, body + "a=b"));
    CHECK_FALSE(is_malformed(urlencoded, std::string(limits::form_name_bytes_max, 'n') + "=x"));
    CHECK(is_malformed(urlencoded, std::string(limits::form_name_bytes_max + 1, 'n') + "=x"));
}

TEST_CASE("a JSON object is a form as well") {
    auto const fields = parse_form(
        "application/json; charset=utf-8",
        R"({"body":"a\r\nb","page":7,"guest":false,"tags":["x",2],"note":null,"share":0.25})");
    CHECK(fields.text("body") == "a\nb");
    CHECK(fields.text("page") == "7");
    CHECK(fields.text("guest") == "false");
    CHECK(fields.all("tags") == std::vector<std::string>{"x", "2"});
    CHECK(fields.find("note") == nullptr);
    CHECK(fields.text("share") == "0.25");
}

TEST_CASE("JSON of another form is refused") {
    std::string const deep = std::string(5000, '[') + std::string(5000, ']');
    for (auto const& body :
         {std::string("[]"), std::string("3"), std::string("{"), std::string(R"({"a":{"b":1}})"),
          std::string(R"({"a":[[1]]})"), std::string(R"({"a":[null]})"),
          std::string(R"({"a":"\u0000"})"), std::string("{\"a\":\"\xff\"}"),
          std::string(R"({"a":"\ud800"})"), std::string(R"({"a":1} x)"), "{\"a\":" + deep + "}"}) {
        CHECK(is_malformed("application/json", body));
    }
}

TEST_CASE("a multipart form brings fields and files") {
    auto const fields = parse_form(
        multipart,
        "------xX\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\na\r\nb\r\n"
        "------xX\r\ncontent-disposition: form-data; name=\"picture\"; "
        "filename=\"a \\\"b\\\"; c.png\"\r\nContent-Type: image/PNG\r\n\r\n\x89PNG\r\n\xff\r\n"
        "------xX\r\nContent-Disposition: form-data; name=none; filename=\"\"\r\n\r\n\r\n"
        "------xX--\r\n");
    CHECK(fields.text("body") == "a\nb");
    auto const* picture = fields.file("picture");
    REQUIRE(picture != nullptr);
    CHECK(picture->name == "a \"b\"; c.png");
    CHECK(picture->type == "image/png");
    CHECK(picture->bytes == "\x89PNG\r\n\xff");
    CHECK(fields.file("none") == nullptr);
    CHECK(fields.find("picture") == nullptr);
}

TEST_CASE("a broken multipart form is refused") {
    std::string const file =
        "------xX\r\nContent-Disposition: form-data; name=p; filename=f\r\n\r\nx\r\n";
    CHECK_FALSE(is_malformed(multipart, file + "------xX--"));
    CHECK(is_malformed(multipart, file + file + "------xX--"));
    CHECK(is_malformed(multipart, file));
    CHECK(is_malformed(multipart, "x" + file + "------xX--"));
    CHECK(is_malformed("multipart/form-data", file + "------xX--"));
    CHECK(is_malformed("multipart/form-data; boundary=" + std::string(71, 'b'), "x"));
    CHECK(is_malformed(multipart,
                       "------xX\r\nContent-Disposition: form-data\r\n\r\n"
                       "x\r\n------xX--"));
    CHECK(is_malformed(multipart, "------xX\r\nnonsense\r\n\r\nx\r\n------xX--"));
    CHECK(is_malformed(multipart,
                       "------xX\r\nContent-Disposition: form-data; name=\"x\r\n\r\n"
                       "\r\n------xX--"));
    CHECK(is_malformed(multipart, "------xX\r\nX: " + std::string(4000, 'x') +
                                      "\r\nContent-Disposition: form-data; name=a\r\n\r\n"
                                      "x\r\n------xX--"));
}

TEST_CASE("a described form is filled from its fields") {
    auto const form = read_form<CommentForm>(
        parse_form(urlencoded,
                   "body=hi&note=&page=3&parent=-9&guest=on&tags=a&tags=b&audience=everyone"
                   "&to=AAAAAAAAAAAAAAAAAAAAAA&unknown=1"));
    CHECK(form.body == "hi");
    CHECK(form.note == "");
    CHECK(form.page == 3);
    CHECK(form.parent == -9);
    CHECK(form.guest);
    CHECK(form.tags == std::vector<std::string>{"a", "b"});
    CHECK(form.audience == Audience::everyone);
    CHECK(form.to.text() == "AAAAAAAAAAAAAAAAAAAAAA");
}

TEST_CASE("what a form leaves out keeps its default, but a checkbox is off") {
    auto const form = read_form<CommentForm>(parse_form(urlencoded, "page=&parent=&to=&audience="));
    CHECK(form.body.empty());
    CHECK_FALSE(form.note);
    CHECK(form.page == 1);
    CHECK_FALSE(form.parent);
    CHECK_FALSE(form.guest);
    CHECK(form.audience == Audience::circle);
    CHECK_FALSE(read_form<CommentForm>(parse_form(urlencoded, "guest=0")).guest);
    CHECK_FALSE(read_form<CommentForm>(parse_form(urlencoded, "guest=false")).guest);
}

TEST_CASE("what can't be understood is told for each field at once") {
    auto const mistakes = mistakes_in("page=two&parent=1.5&audience=nobody&to=short&body=fine");
    REQUIRE(mistakes.size() == 4);
    CHECK(mistakes[0] == FieldMistake{"page", "form.not_understood"});
    CHECK(mistakes[1].field == "parent");
    CHECK(mistakes[2].field == "audience");
    CHECK(mistakes[3].field == "to");
    CHECK(mistakes_in("page=99999999999999999999").size() == 1);
}

TEST_CASE("rules collect one mistake a field and refuse together") {
    Mistakes mistakes;
    mistakes.required("title", " \n ").max("title", "x", 0);
    mistakes.max("name", "äöü", 3).max("name", "äöü🌿", 3);
    mistakes.min("password", "four", 15).max_bytes("body", std::string(2049, 'x'), 2048);
    mistakes.require(true, "fine", "never").require(false, "email", "members.email_taken");
    try {
        mistakes.throw_if_any();
        FAIL("nothing was refused");
    } catch (Refusal const& refusal) {
        CHECK(refusal.status() == 422);
        CHECK(refusal.fields() ==
              std::vector<FieldMistake>{{"title", "form.required"},
                                        {"name", "form.too_long", {{"max", "3"}}},
                                        {"password", "form.too_short", {{"min", "15"}}},
                                        {"body", "form.too_large", {{"kilobytes", "2"}}},
                                        {"email", "members.email_taken"}});
    }
    CHECK_NOTHROW(Mistakes{}.throw_if_any());
}

TEST_CASE("queries are read as forms are") {
    CHECK(parse_query("q=caf%C3%A9+cr%C3%A8me&next=x").text("q") == "café crème");
    CHECK(parse_query("").values().empty());
    CHECK_THROWS_AS(static_cast<void>(parse_query("q=%00")), Refusal);
}

TEST_CASE("URLs are encoded and decoded") {
    CHECK(url_encode("a b/ü?~-._") == "a%20b%2F%C3%BC%3F~-._");
    CHECK(url_decode("a%20b%2f+%C3%BC") == "a b/+ü");
    for (auto const* text : {"%", "%2", "%g0", "%00", "%ff"}) CHECK_FALSE(url_decode(text));
    CHECK(trimmed(" \t a b\n") == "a b");
}

}  // namespace

}  // namespace kith::web::form_test
