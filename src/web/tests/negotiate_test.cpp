#include "web/negotiate.hpp"

#include <doctest/doctest.h>
#include <vector>

namespace kith::web {

namespace {

TEST_CASE("a browser gets HTML, a program that asks for JSON gets JSON") {
    CHECK(preferred_face("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8") ==
          Face::html);
    CHECK(preferred_face("text/vnd.turbo-stream.html, text/html, application/xhtml+xml") ==
          Face::html);
    CHECK(preferred_face("application/json") == Face::json);
    CHECK(preferred_face("Application/JSON; charset=utf-8") == Face::json);
    CHECK(preferred_face("application/json, text/plain, */*") == Face::json);
    CHECK(preferred_face("text/html;q=0.5, application/json;q=0.9") == Face::json);
    CHECK(preferred_face("text/html, application/json;q=0.9") == Face::html);
    CHECK(preferred_face("application/problem+json") == Face::json);
}

TEST_CASE("who doesn't say, or says it badly, gets HTML") {
    for (auto const* accept :
         {"", "*/*", "image/png", "application/json;q=0", ",,,", "application/json;q=x",
          "application/json;q=2", "\x01", "a b", "application/json;q=0.00001"}) {
        CHECK(preferred_face(accept) == Face::html);
    }
}

TEST_CASE("the language that is liked best among those on offer") {
    std::vector<std::string> const offered{"en", "de", "ar"};
    CHECK(preferred_language("de-AT,de;q=0.9,en;q=0.8", offered) == "de");
    CHECK(preferred_language("fr, ar;q=0.3, de;q=0.2", offered) == "ar");
    CHECK(preferred_language("en;q=0.1, DE", offered) == "de");
    CHECK(preferred_language("fr", offered) == "en");
    CHECK(preferred_language("", offered) == "en");
    CHECK(preferred_language("den", offered) == "en");
    CHECK(preferred_language("de;q=0", offered) == "en");
    CHECK(preferred_language("*", offered) == "en");
    CHECK(preferred_language("fr", offered, "de") == "de");
    CHECK(preferred_language("", offered, "de") == "de");
    CHECK(preferred_language("*", offered, "de") == "de");
    CHECK(preferred_language("fr, *;q=0.5, ar;q=0.1", offered, "de") == "de");
    CHECK(preferred_language("ar", offered, "de") == "ar");
    CHECK(preferred_language("", offered, "fr") == "en");
    CHECK(preferred_language("de;q=huge", offered) == "en");
}

TEST_CASE("the packing that is allowed") {
    CHECK(preferred_encoding("gzip, deflate, br, zstd") == Encoding::brotli);
    CHECK(preferred_encoding("gzip, deflate") == Encoding::gzip);
    CHECK(preferred_encoding("br;q=0, gzip") == Encoding::gzip);
    CHECK(preferred_encoding("br;q=0.1, gzip;q=1") == Encoding::gzip);
    CHECK(preferred_encoding("identity;q=1, gzip;q=0.5") == Encoding::identity);
    CHECK(preferred_encoding("*") == Encoding::brotli);
    CHECK(preferred_encoding("*;q=0") == Encoding::identity);
    CHECK(preferred_encoding("") == Encoding::identity);
    CHECK(preferred_encoding("deflate") == Encoding::identity);
}

TEST_CASE("only the first items of a long header are read") {
    std::string header;
    for (int i = 0; i < 4000; ++i) header += "a/b,";
    CHECK(preferred_face(header + "application/json") == Face::html);
}

}  // namespace

}  // namespace kith::web
