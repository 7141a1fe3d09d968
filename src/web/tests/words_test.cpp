#include "web/words.hpp"

#include <doctest/doctest.h>

#include "resources/web.hpp"
#include "web/moment.hpp"

namespace kith::web {

namespace {

using namespace std::chrono;

Words some_words() {
    Words words;
    words.add("de", R"({"essay.by": "von {name}", "only.german": "x",
        "talk.comments": "{count, plural, one {# Kommentar} other {# Kommentare}}",
        "essay.thanks": "{name} dankt {other}"})");
    words.add("en", R"({"essay.by": "by {name}", "essay.thanks": "{name} says thanks",
        "talk.comments": "{count, plural, =0 {no comments} one {# comment} other {# comments}}",
        "talk.others":
            "{count, plural, offset:1 =1 {you} one {you and # other} other {you and # others}}",
        "talk.place": "{place, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}",
        "talk.state": "{state, select, held {It’s held} other {It's '{here}'}}",
        "talk.when": "Written {at}, on {at, date} at {at, time} & kept"})");
    words.add("ar", R"({"talk.comments":
        "{count, plural, zero {z #} one {o #} two {t #} few {f #} many {m #} other {x #}}"})");
    return words;
}

std::string fault_of(std::string_view json) {
    try {
        Words words;
        words.add("en", json);
        return "";
    } catch (WordsFault const& fault) {
        return fault.what();
    }
}

TEST_CASE("a sentence is said in the reader's language, or in English") {
    auto const words = some_words();
    CHECK(words.say("de", "essay.by", {{"name", "Rosa"}}) == "von Rosa");
    CHECK(words.say("en", "essay.by", {{"name", "Rosa"}}) == "by Rosa");
    CHECK(words.say("ar", "essay.by", {{"name", "Rosa"}}) == "by Rosa");
    CHECK(words.say("xx", "essay.by", {{"name", "Rosa"}}) == "by Rosa");
    CHECK(words.languages() == std::vector<std::string>{"en", "de", "ar"});
    CHECK(Words::rtl("ar"));
    CHECK_FALSE(Words::rtl("de"));
}

TEST_CASE("numbers take the plural of the language") {
    auto const words = some_words();
    auto const comments = [&](std::string_view language, std::int64_t count) {
        return words.say(language, "talk.comments", {{"count", count}});
    };
    CHECK(comments("en", 0) == "no comments");
    CHECK(comments("en", 1) == "1 comment");
    CHECK(comments("en", 1234) == "1,234 comments");
    CHECK(comments("de", 1234) == "1.234 Kommentare");
    CHECK(comments("ar", 0).starts_with("z "));
    CHECK(comments("ar", 2).starts_with("t "));
    CHECK(comments("ar", 103).starts_with("f "));
    CHECK(comments("ar", 111).starts_with("m "));
    CHECK(words.say("en", "talk.comments", {{"count", "1"}}) == "1 comment");
}

TEST_CASE("offset, ordinals and selections") {
    auto const words = some_words();
    CHECK(words.say("en", "talk.others", {{"count", 1}}) == "you");
    CHECK(words.say("en", "talk.others", {{"count", 2}}) == "you and 1 other");
    CHECK(words.say("en", "talk.others", {{"count", 5}}) == "you and 4 others");
    CHECK(words.say("en", "talk.place", {{"place", 22}}) == "22nd");
    CHECK(words.say("en", "talk.place", {{"place", 11}}) == "11th");
    CHECK(words.say("en", "talk.state", {{"state", "held"}}) == "It’s held");
    CHECK(words.say("en", "talk.state", {{"state", "else"}}) == "It's {here}");
}

TEST_CASE("in a page all of a sentence is escaped, elsewhere nothing") {
    auto const words = some_words();
    std::vector<WordArgument> const arguments{{"name", "<b>&'\""}};
    CHECK(words.say(Reading{}, "essay.by", arguments, Escaping::html) ==
          "by &lt;b&gt;&amp;&#39;&quot;");
    CHECK(words.say(Reading{}, "essay.by", arguments) == "by <b>&'\"");
}

TEST_CASE("moments in sentences are told for the reader") {
    auto const words = some_words();
    Reading reading;
    reading.zone = "Europe/Berlin";
    reading.now = sys_days(2025y / March / 8) + 12h;
    std::vector<WordArgument> const arguments{
        {"at", Time(sys_days(2025y / March / 8) + 6h + 52min)}};
    CHECK(words.say(reading, "talk.when", arguments, Escaping::html) ==
          "Written Today, 07:52, on 8 March 2025 at 07:52 &amp; kept");
}

TEST_CASE("what a language lacks is listed, and what disagrees with English") {
    auto const words = some_words();
    CHECK(words.missing("en") == std::vector<std::string>{"only.german"});
    CHECK(words.missing("de") ==
          std::vector<std::string>{"talk.others", "talk.place", "talk.state", "talk.when"});
    CHECK(
        words.disagreements() ==
        std::vector<std::string>{"de: essay.thanks asks for {other}, which English doesn't have"});
    CHECK_FALSE(words.has("only.german"));
    CHECK_THROWS_AS(static_cast<void>(words.say("de", "only.german")), WordsFault);
}

TEST_CASE("a catalogue that can't be used is refused with its place") {
    CHECK(fault_of("[]").starts_with("words/en.json: not a JSON object"));
    CHECK(fault_of(R"({"a.b": 3})") == "words/en.json, a.b: not a text");
    CHECK(fault_of(R"({"a.b": "<b>x</b>"})").find("no markup") != std::string::npos);
    CHECK(fault_of(R"({"a.b": "{name"})").find("at character") != std::string::npos);
    CHECK(fault_of(R"({"a.b": "{0}"})").find("needs a name") != std::string::npos);
    CHECK(fault_of(R"({"a.b": "{x, spellout}"})").find("'spellout'") != std::string::npos);
    CHECK(fault_of(R"({"a.b": "{x, plural, some {y} other {z}}"})").find("no plural form") !=
          std::string::npos);
    std::string many;
    for (int i = 0; i < 17; ++i) many += "{p" + std::to_string(i) + "}";
    CHECK(fault_of(R"({"a.b": ")" + many + R"("})").find("more placeholders") != std::string::npos);
    Words words = some_words();
    CHECK_THROWS_AS(words.add("en", R"({"essay.by": "again"})"), WordsFault);
}

std::string told(Time time, Reading const& reading) {
    std::string out;
    write_moment(out, time, reading);
    return out;
}

TEST_CASE("a moment is told coarsely, in the reader's zone and language") {
    Reading reading;
    reading.zone = "Europe/Berlin";
    reading.now = sys_days(2025y / March / 8) + 22h + 30min;  // Saturday, 23:30 there
    auto const now = reading.now;
    CHECK(told(now - 15h - 38min, reading) == "Today, 07:52");
    CHECK(told(now + 31min, reading) == "Sunday, 00:01");
    CHECK(told(now - 24h, reading) == "Friday, 23:30");
    CHECK(told(now - 6 * 24h, reading) == "Sunday, 23:30");
    CHECK(told(now - 7 * 24h, reading) == "1 March");
    CHECK(told(now - 90 * 24h, reading) == "8 December 2024");
    reading.zone = "America/New_York";
    CHECK(told(now - 15h - 38min, reading) == "Today, 01:52");
    reading.zone = "Nowhere/At_All";
    CHECK(told(now - 15h - 38min, reading) == "Today, 06:52");
    reading.language = "de";
    CHECK(told(now - 15h - 38min, reading) == "Heute, 06:52");
    CHECK(told(now - 24h, reading) == "Freitag, 22:30");
    CHECK(told(now - 90 * 24h, reading) == "8. Dezember 2024");
    reading.language = "ar";
    CHECK(told(now, reading).starts_with("اليوم، "));
}

TEST_CASE("summer time begins and ends where it does") {
    Reading reading;
    reading.zone = "Europe/Berlin";
    auto const change = Time(sys_days(2025y / March / 30) + 1h);
    reading.now = change;
    CHECK(told(change - 1min, reading) == "Today, 01:59");
    CHECK(told(change, reading) == "Today, 03:00");
    CHECK(told(change - 1min, reading) == "Today, 01:59");
}

TEST_CASE("a moment for machines is UTC, to the minute") {
    std::string out;
    write_rfc3339(out, sys_days(2025y / March / 8) + 7h + 5min + 59s + 999999us);
    CHECK(out == "2025-03-08T07:05:00Z");
    out.clear();
    write_rfc3339(out, Time{} - 1us);
    CHECK(out == "1969-12-31T23:59:00Z");
}

TEST_CASE("the words for forms are there in English and German") {
    Words words;
    words.add_room(web_resources());
    CHECK(words.missing("de").empty());
    CHECK(words.missing("en").empty());
    CHECK(words.disagreements().empty());
    for (auto const* key : {"form.required", "form.not_understood", "form.too_long",
                            "form.too_short", "form.too_large"}) {
        CHECK(words.has(key));
    }
    std::vector<std::pair<std::string, std::string>> const arguments{{"max", "150"}};
    CHECK(words.say("en", "form.too_long", arguments) == "At most 150 characters, please.");
}

}  // namespace

}  // namespace kith::web
