#include <doctest/doctest.h>

#include "simulate/event_parser.hpp"
#include "simulate/measures.hpp"
#include "simulate/statistics.hpp"

namespace kith::simulate {
namespace {

Said words(std::size_t author, Tone tone, std::int64_t hour,
           std::optional<std::size_t> answers = {}) {
    Said said;
    said.author = author;
    said.tone = tone;
    said.hour = hour;
    said.answers = answers;
    return said;
}

std::size_t add(Ledger& ledger, Said said) {
    said.comment = "c" + std::to_string(ledger.said.size());
    return ledger.add(std::move(said));
}

TEST_CASE("a percentile is the nearest rank: a value that was measured") {
    CHECK_FALSE(percentile({}, 50));
    CHECK(percentile({7}, 1) == 7);
    CHECK(percentile({7}, 100) == 7);
    CHECK(percentile({4, 1, 3, 2}, 50) == 2);
    CHECK(percentile({4, 1, 3, 2}, 51) == 3);
    std::vector<double> hundred;
    for (int i = 100; i >= 1; --i) hundred.push_back(i);
    CHECK(percentile(hundred, 99) == 99);
    CHECK(percentile(hundred, 99.1) == 100);
    CHECK(percentile(hundred, 0) == 1);
}

TEST_CASE("a tally gives each kind its line, and all but the slow on purpose one together") {
    Tally tally;
    tally.answered("page", 1);
    tally.answered("page", 3);
    tally.answered("comment", 9);
    tally.answered("join", 900);
    tally.failed("comment", 503);
    tally.failed("comment", 503);
    tally.failed("page", 0);
    auto const lines = tally.latencies();
    REQUIRE(lines.size() == 4);
    CHECK(lines[0].kind == "comment");
    CHECK(lines[2].p50_ms == 1);
    CHECK(lines[2].p99_ms == 3);
    CHECK(lines[3].kind == "all but join and sign in");
    CHECK(lines[3].count == 3);
    CHECK(lines[3].max_ms == 9);
    auto const errors = tally.errors();
    REQUIRE(errors.size() == 2);
    CHECK(errors[0].status == 503);
    CHECK(errors[0].count == 2);
    CHECK(tally.error_count() == 3);
}

TEST_CASE("the first reply is the earliest kind one of another; harm and one's own are none") {
    Ledger ledger;
    ledger.came = {0, 0, 0};
    auto const hello = add(ledger, words(0, Tone::hello, 10));
    add(ledger, words(2, Tone::harmful, 11, hello));
    add(ledger, words(0, Tone::kind, 12, hello));
    add(ledger, words(1, Tone::kind, 40, hello));
    ledger.kindnesses.push_back({2, 0, 15, hello, false});
    add(ledger, words(1, Tone::hard, 20));   // never answered
    add(ledger, words(1, Tone::hard, 90));   // too new to count as left unanswered
    add(ledger, words(1, Tone::light, 20));  // asks for nothing
    auto const replies = first_replies(ledger, 100);
    CHECK(replies.asks == 3);
    CHECK(replies.answered == 1);
    CHECK(replies.unanswered == 1);
    CHECK(replies.people_unanswered == 1);
    CHECK(replies.p50_hours == 5);
    CHECK(replies.p90_hours == 5);
    CHECK(replies.within_day_share == doctest::Approx(0.5));
    REQUIRE(replies.answered_by_6_hours.size() == 13);
    CHECK(replies.answered_by_6_hours[0] == 0);
    CHECK(replies.answered_by_6_hours[1] == doctest::Approx(0.5));
}

TEST_CASE("isolated is who neither gave nor got a kindness in three days, of those there so long") {
    Ledger ledger;
    ledger.came = {0, 0, 0, 60, std::nullopt};
    auto const hard = add(ledger, words(0, Tone::hard, 1));
    add(ledger, words(1, Tone::kind, 30, hard));
    auto const share = isolation(ledger, 5);
    REQUIRE(share.size() == 5);
    CHECK_FALSE(share[0]);
    CHECK_FALSE(share[1]);
    CHECK(share[2] == doctest::Approx(1.0 / 3));  // hours 0 to 72: agent 2 alone of three
    CHECK(share[3] == doctest::Approx(1.0 / 3));  // 24 to 96
    CHECK(share[4] == doctest::Approx(1.0));      // 48 to 120: the kindness is over
}

TEST_CASE("whoever answers themselves is as alone as before") {
    Ledger ledger;
    ledger.came = {0};
    auto const hard = add(ledger, words(0, Tone::hard, 50));
    add(ledger, words(0, Tone::kind, 51, hard));
    CHECK(isolation(ledger, 3)[2] == doctest::Approx(1.0));
}

TEST_CASE("harm is counted when read, per member who is there, by day and in all") {
    Ledger ledger;
    ledger.came = {0, 30, std::nullopt};
    ledger.harm_seen = {{0, 5, true}, {0, 25, false}, {1, 40, false}, {1, 47, false}};
    CHECK(harm_seen_by_day(ledger, 3) == std::vector<double>{1, 1.5, 0});
    auto const per_member = harm_per_member(ledger);
    CHECK(per_member.seen == 2);
    CHECK(per_member.at_them == 0.5);
    CHECK(harm_per_member({}).seen == 0);
}

TEST_CASE("decisions digest by their order and their borders") {
    Digest one;
    one.add("ab");
    one.add("c");
    Digest other;
    other.add("a");
    other.add("bc");
    CHECK(one.text() != other.text());
    Digest again;
    again.add("ab");
    again.add("c");
    CHECK(one.text() == again.text());
    CHECK(one.text().size() == 16);
}

TEST_CASE("events are put together however their bytes are cut") {
    std::string const stream =
        ": hello\n\nid: one\nevent: message\ndata: <p>\ndata:  x\n\ndata: y\r\n\r\nid: two\n\n"
        "event: reload\ndata: reload\n\nid: three\ndata: half";
    for (std::size_t cut = 1; cut <= stream.size(); ++cut) {
        EventParser parser;
        std::vector<Event> events;
        for (std::size_t at = 0; at < stream.size(); at += cut)
            for (auto& event : parser.take(std::string_view(stream).substr(at, cut)))
                events.push_back(std::move(event));
        REQUIRE(events.size() == 3);
        CHECK(events[0].id == "one");
        CHECK(events[0].data == "<p>\n x");
        CHECK(events[1].id == "one");
        CHECK(events[1].name == "message");
        CHECK(events[2].name == "reload");
        CHECK(events[2].id == "two");
        CHECK(parser.last_id() == "two");
    }
}

TEST_CASE("what a cut stream had half said is forgotten, its last id isn't") {
    EventParser parser;
    CHECK(parser.take("id: a\ndata: 1\n\nid: b\nda").size() == 1);
    parser.restart();
    CHECK(parser.last_id() == "a");
    auto const events = parser.take("id: b\ndata: 2\n\n");
    REQUIRE(events.size() == 1);
    CHECK(events[0].data == "2");
}

TEST_CASE("comments are found in an event by their ids, and nothing else is") {
    CHECK(comments_in("<article class=\"comment\" id=\"comment-wvGDucDzDxvwqZwQ9S_QKA\">") ==
          std::vector<std::string>{"wvGDucDzDxvwqZwQ9S_QKA"});
    CHECK(comments_in("<p id=\"comment-short\">").empty());
    CHECK(comments_in("the words id=\"comment-").empty());
}

}  // namespace
}  // namespace kith::simulate
