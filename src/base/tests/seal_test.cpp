#include "base/seal.hpp"

#include <doctest/doctest.h>

using namespace kith;

namespace {

Seal const seal{Seal::Key{}};
Viewer const maya{Id<Member>{7}, Role::member};
Viewer const joel{Id<Member>{8}, Role::member};

}  // namespace

TEST_CASE("a place in a list comes back from its cursor, whatever its words") {
    for (std::string const words :
         {"", "maya", "o’neill\n42", "ünïcödé and more than 32 bytes of it"}) {
        CAPTURE(words);
        Seal::Place const place{words, 42};
        auto const cursor = seal.cursor(maya, "people", place);
        CHECK(seal.place(maya, "people", cursor) == place);
        CHECK(seal.cursor(maya, "people", place) == cursor);
    }
}

TEST_CASE("a cursor can't be read, made, changed or lent") {
    auto const cursor = seal.cursor(maya, "people", Seal::Place{"a name of somebody", 42});
    CHECK(cursor.find("name") == std::string::npos);
    CHECK_FALSE(seal.place(joel, "people", cursor));
    CHECK_FALSE(seal.place(maya, "members for the host", cursor));
    for (std::size_t i = 0; i < cursor.size(); ++i) {
        auto changed = cursor;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        CAPTURE(i);
        CHECK_FALSE(seal.place(maya, "people", changed));
    }
    for (std::size_t length = 0; length < cursor.size(); ++length)
        CHECK_FALSE(seal.place(maya, "people", cursor.substr(0, length)));
    CHECK_FALSE(seal.place(maya, "people", seal.cursor(maya, "people", 42)));
    CHECK_FALSE(seal.position(maya, "people", cursor));
}
