#include <doctest/doctest.h>

#include <array>

#include "web/template.hpp"

using namespace kith;
using namespace kith::web;

namespace kith::web::template_reading_test {

struct Note {
    bool yes = true;
    bool no = false;
    Time at{};
};
BOOST_DESCRIBE_STRUCT(Note, (), (yes, no, at))

namespace {

using namespace std::chrono;

std::string read_by(Templates const& templates, Note const& note, Reading const& reading) {
    std::string out;
    templates.render(out, "test/note", shape_of<Note>(), &note, reading);
    return out;
}

TEST_CASE("text and sentences side by side stay in their sections and their languages") {
    Words words;
    words.add("en", R"({"note.one": "One", "note.two": "Two & two", "note.three": ""})");
    words.add("de", R"({"note.one": "Eins", "note.three": " drei"})");
    Templates templates(words);
    templates.add("test/note",
                  "<{{#t}}note.one{{/t}}{{#yes}}-{{#t}}note.two{{/t}}{{/yes}}!"
                  "{{#yes}}{{#t}}note.three{{/t}}{{/yes}}"
                  "{{#no}}?{{#t}}note.one{{/t}}{{/no}}.{{^no}}{{#t}}note.one{{/t}}{{/no}}>");
    for (auto const& [language, said] : {std::pair("en", "<One-Two &amp; two!.One>"),
                                         std::pair("de", "<Eins-Two &amp; two! drei.Eins>"),
                                         std::pair("fr", "<One-Two &amp; two!.One>")}) {
        CAPTURE(language);
        Reading reading;
        reading.language = language;
        CHECK(read_by(templates, {}, reading) == said);
    }
}

TEST_CASE("moments are told in each reader's zone, whoever read before") {
    Words words;
    words.add("en", "{}");
    Templates templates(words);
    templates.add("test/note", "{{at.time}}");
    Note const winter{.at = sys_days(2025y / March / 8) + 6h + 52min};
    Note const summer{.at = sys_days(2025y / July / 8) + 5h + 52min};
    // A zone that has never changed its clocks, one that no longer does, and one that does.
    constexpr std::array zones{std::array{"UTC", "06:52", "05:52"},
                               std::array{"Asia/Kolkata", "12:22", "11:22"},
                               std::array{"Europe/Berlin", "07:52", "07:52"}};
    for (int times = 0; times < 2; ++times) {
        for (auto const& [zone, in_winter, in_summer] : zones) {
            CAPTURE(zone);
            Reading reading;
            reading.zone = zone;
            CHECK(read_by(templates, winter, reading) == in_winter);
            CHECK(read_by(templates, summer, reading) == in_summer);
        }
    }
}

}  // namespace
}  // namespace kith::web::template_reading_test
