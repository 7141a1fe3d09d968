#include <doctest/doctest.h>

#include <algorithm>

#include "base/limits.hpp"
#include "database/migrator.hpp"
#include "members/members.hpp"
#include "postgres.hpp"
#include "resources/database.hpp"
#include "resources/members.hpp"
#include "resources/talk.hpp"
#include "talk/comment_store.hpp"
#include "talk/discussion_store.hpp"
#include "talk/guest_store.hpp"
#include "talk/live_store.hpp"
#include "talk/review_store.hpp"

namespace kith::talk {
namespace {

using namespace std::chrono_literals;

constexpr database::Sql separate_sql =
    "insert into separations (viewer, other) values (:a, :b), (:b, :a)";

/// A fresh database with three people and a discussion of Ada's.
class Fixture {
public:
    explicit Fixture(std::string const& url) : database({.url = url}) {
        std::vector<database::Migration> migrations;
        for (auto const resources : {database_resources(), members_resources(), talk_resources()})
            for (auto& migration : database::migrations_of(resources))
                migrations.push_back(std::move(migration));
        static_cast<void>(database::migrate(database, std::move(migrations)));
        ada = person("Ada");
        ben = person("Ben");
        cleo = person("Cleo");
        discussion = database.write_now([&](database::Write& write) {
            return open_discussion(write,
                                   {PublicId::make(random), "/x", Audience::members, ada.member});
        });
    }

    Viewer person(std::string const& name) {
        members::NewMember member{.public_id = PublicId::make(random), .name = name};
        return {database.write_now(
                    [&](database::Write& write) { return members::add_member(write, member); }),
                Role::member};
    }

    Id<Comment> comment(Viewer const& author, std::string const& words, Id<Comment> parent = {},
                        Viewer const& parent_author = {}, State state = State::published) {
        CommentToAdd to_add;
        to_add.public_id = PublicId::make(random);
        to_add.discussion = discussion;
        if (parent) to_add.parent = parent;
        if (parent) to_add.thread_author = parent_author.member;
        to_add.author = author.member;
        to_add.markdown = words;
        to_add.html = "<p>" + words + "</p>";
        to_add.state = state;
        to_add.at = at;
        return *database.write_now([&](database::Write& write) { return add(write, to_add); });
    }

    std::vector<std::string> seen_by(Viewer const& viewer, PagePlace start = {},
                                     std::size_t limit = 100) {
        std::vector<std::string> words;
        database.read([&](database::Read& read) {
            for (auto const& row : comments_after(read, viewer, discussion, start, limit))
                words.push_back(row.html);
        });
        return words;
    }

    SystemRandom random;
    database::Database database;
    Time at{std::chrono::sys_days(std::chrono::year(2026) / 3 / 8)};
    Viewer ada, ben, cleo;
    Id<Discussion> discussion;
};

using Words = std::vector<std::string>;

TEST_CASE("comments come oldest first, replies under theirs, page by page") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Fixture f(fresh.url);
        auto const one = f.comment(f.ben, "1");
        auto const two = f.comment(f.cleo, "2");
        auto const reply = f.comment(f.ada, "1a", one, f.ben);
        f.comment(f.ben, "2a", two, f.cleo);
        CHECK(f.seen_by(f.ada) == Words{"<p>1</p>", "<p>1a</p>", "<p>2</p>", "<p>2a</p>"});
        CHECK(f.seen_by(f.ada, {}, 2) == Words{"<p>1</p>", "<p>1a</p>"});
        CHECK(f.seen_by(f.ada, {one, reply}, 2) == Words{"<p>2</p>", "<p>2a</p>"});
        f.database.read([&](database::Read& read) {
            auto const place = place_of(read, f.ada, f.discussion, reply);
            REQUIRE(place);
            CHECK(place->thread == one);
            CHECK(place->comment == reply);
            auto const before = [&](PagePlace at, std::size_t limit) {
                Words words;
                for (auto const& row : comments_before(read, f.ada, f.discussion, at, limit))
                    words.push_back(row.html);
                return words;
            };
            CHECK(before({two, two}, 2) == Words{"<p>1</p>", "<p>1a</p>"});
            CHECK(before({one, reply}, 2) == Words{"<p>1</p>"});
            CHECK(before(PagePlace::end(), 3) == Words{"<p>1a</p>", "<p>2</p>", "<p>2a</p>"});
            CHECK(before({}, 2).empty());
        });
    }
}

TEST_CASE("whoever is apart sees neither a comment nor what is under it, both ways") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Fixture f(fresh.url);
        auto const bens = f.comment(f.ben, "ben's");
        f.comment(f.ada, "ada under ben", bens, f.ben);
        auto const adas = f.comment(f.ada, "ada's");
        f.comment(f.ben, "ben under ada", adas, f.ada);
        f.comment(f.cleo, "cleo's");
        f.database.write_now([&](database::Write& write) {
            database::execute(write, separate_sql, database::bind("a", f.ben.member),
                              database::bind("b", f.cleo.member));
        });
        CHECK(f.seen_by(f.cleo) == Words{"<p>ada's</p>", "<p>cleo's</p>"});
        CHECK(f.seen_by(f.ben).size() == 4);
        CHECK(f.seen_by(f.ada).size() == 5);
        f.database.read([&](database::Read& read) {
            CHECK_FALSE(find_comment(read, f.cleo, bens).has_value());
            CHECK(find_comment(read, f.ben, bens).has_value());
            CHECK(find_discussion(read, f.cleo, f.discussion).has_value());
            CHECK(separated_from_any(read, Viewer::server(), bens, f.ben.member, {},
                                     f.ada.member) == std::vector{f.cleo.member});
        });
    }
}

TEST_CASE("a place is kept only while the viewer may see a reply in it") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Fixture f(fresh.url);
        auto const alone = f.comment(f.ada, "alone");
        auto const top = f.comment(f.ada, "top");
        f.comment(f.ben, "under", top, f.ada);
        f.database.write_now([&](database::Write& write) {
            take_back(write, alone);
            take_back(write, top);
            database::execute(write, separate_sql, database::bind("a", f.ben.member),
                              database::bind("b", f.cleo.member));
        });
        CHECK(f.seen_by(f.ada) == Words{"", "<p>under</p>"});
        CHECK(f.seen_by(f.cleo).empty());
    }
}

TEST_CASE("held and waiting comments are there for their author alone") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Fixture f(fresh.url);
        auto const held = f.comment(f.ben, "held", {}, {}, State::held);
        f.comment(f.ben, "waiting", {}, {}, State::waiting_for_email);
        CHECK(f.seen_by(f.ada).empty());
        CHECK(f.seen_by(f.ben) == Words{"<p>held</p>"});
        f.database.read([&](database::Read& read) {
            Viewer const steward{f.cleo.member, Role::steward};
            CHECK(held_count(read, steward, 10) == 1);
            CHECK(held_count(read, f.ben, 10) == 0);  // one's own is for another to read
            auto const waiting = held_comments(read, steward, {}, 10);
            REQUIRE(waiting.size() == 1);
            CHECK(waiting[0].id == held);
            CHECK(waiting[0].subject_path == "/x");
        });
        f.database.write_now([&](database::Write& write) {
            set_state(write, held, State::refused);
            add_decision(write, held, f.cleo, Decision::refuse, "too sharp", f.at);
        });
        f.database.read([&](database::Read& read) {
            CHECK(find_comment(read, f.ben, held)->reason == "too sharp");
            CHECK_FALSE(find_comment(read, f.ada, held).has_value());
        });
    }
}

TEST_CASE("the same words sent twice under one key are one comment") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Fixture f(fresh.url);
        auto const send = [&](Viewer const& author, std::string const& key) {
            CommentToAdd to_add;
            to_add.public_id = PublicId::make(f.random);
            to_add.discussion = f.discussion;
            to_add.author = author.member;
            to_add.markdown = "once";
            to_add.idempotency_key = key;
            return f.database.write_now([&](database::Write& write) { return add(write, to_add); })
                .has_value();
        };
        CHECK(send(f.ada, "k"));
        CHECK_FALSE(send(f.ada, "k"));
        CHECK(send(f.ben, "k"));
        CHECK(send(f.ada, "other"));
    }
}

TEST_CASE("edits keep what was there; taking back and erasing leave no words") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Fixture f(fresh.url);
        auto const id = f.comment(f.ben, "first");
        f.comment(f.ben, "second");
        f.database.write_now([&](database::Write& write) {
            auto const row = find_comment(write, f.ben, id);
            change(write, *row, "changed", "<p>changed</p>", "a note", State::published, f.at + 1h);
        });
        f.database.read([&](database::Read& read) {
            CHECK(source_of(read, f.ben, id) == "changed");
            CHECK_FALSE(source_of(read, f.ada, id).has_value());
            CHECK(find_comment(read, f.ada, id)->content_note == "a note");
            CHECK(find_comment(read, f.ada, id)->edited_at == f.at + 1h);
            CHECK(comments_of(read, f.ben, f.ben.member).size() == 2);
            CHECK(comments_of(read, f.ada, f.ben.member).empty());
        });
        f.database.write_now([&](database::Write& write) { take_back_all(write, f.ben.member); });
        CHECK(f.seen_by(f.ada).empty());
        f.database.read([&](database::Read& read) {
            CHECK(comments_of(read, Viewer::server(), f.ben.member).empty());
        });
    }
}

TEST_CASE("events are told after the one that was heard, and only to whoever may know") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Fixture f(fresh.url);
        auto const bens = f.comment(f.ben, "ben's");
        auto const adas = f.comment(f.ada, "ada's");
        auto const first = PublicId::make(f.random);
        auto const second = PublicId::make(f.random);
        f.database.write_now([&](database::Write& write) {
            add_live_event(write, first, f.discussion, bens, LiveKind::posted, f.at);
            add_live_event(write, second, f.discussion, adas, LiveKind::posted, f.at + 1h);
            database::execute(write, separate_sql, database::bind("a", f.ben.member),
                              database::bind("b", f.cleo.member));
        });
        f.database.read([&](database::Read& read) {
            auto const event = live_event(read, f.ada, f.discussion, first);
            REQUIRE(event);
            CHECK_FALSE(live_event(read, f.cleo, f.discussion, first).has_value());
            CHECK(live_events_after(read, f.ada, f.discussion, {}, 10).size() == 2);
            CHECK(live_events_after(read, f.cleo, f.discussion, {}, 10).size() == 1);
            auto const rest = live_events_after(read, f.ada, f.discussion, *event, 10);
            REQUIRE(rest.size() == 1);
            CHECK(rest[0].public_id == second);
            auto const last = last_event_of(read, Viewer::server(), f.discussion);
            for (auto const& viewer : {f.ada, f.cleo})
                CHECK(find_discussion(read, viewer, f.discussion)->last_event == last);
        });
        f.database.write_now(
            [&](database::Write& write) { forget_live_events(write, f.at + 1min); });
        f.database.read([&](database::Read& read) {
            CHECK_FALSE(live_event(read, f.ada, f.discussion, first).has_value());
            CHECK(live_event(read, f.ada, f.discussion, second).has_value());
        });
    }
}

TEST_CASE("a discussion is read by its audience alone") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Fixture f(fresh.url);
        auto const found = [&](Viewer const& viewer) {
            return f.database.read([&](database::Read& read) {
                return find_discussion(read, viewer, f.discussion).has_value();
            });
        };
        CHECK(found(f.ben));
        CHECK_FALSE(found(Viewer::stranger()));
        f.database.write_now([&](database::Write& write) {
            set_audience(write, f.discussion, Audience::author, false);
            database::execute(write, separate_sql, database::bind("a", f.ada.member),
                              database::bind("b", f.cleo.member));
        });
        CHECK(found(f.ada));
        CHECK_FALSE(found(f.ben));
        f.database.write_now([&](database::Write& write) {
            set_audience(write, f.discussion, Audience::anyone, true);
        });
        CHECK(found(Viewer::stranger()));
        CHECK_FALSE(found(f.cleo));
    }
}

TEST_CASE("a guest's comment waits for its link and is forgotten without it") {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        Fixture f(fresh.url);
        f.database.write_now([&](database::Write& write) {
            CommentToAdd to_add;
            to_add.public_id = PublicId::make(f.random);
            to_add.discussion = f.discussion;
            to_add.guest_name = "Jo";
            to_add.guest_email_hash = "hash";
            to_add.markdown = "hello";
            to_add.state = State::waiting_for_email;
            to_add.at = f.at;
            auto const id = add(write, to_add);
            add_confirmation(write, "token", *id, "en", f.at);
        });
        auto const waits = [&] {
            return f.database.read([&](database::Read& read) {
                return linked_comment(read, Viewer::stranger(), "token").has_value();
            });
        };
        CHECK(waits());
        f.database.write_now([&](database::Write& write) { forget_unconfirmed(write, f.at); });
        CHECK(waits());
        f.database.write_now(
            [&](database::Write& write) { forget_unconfirmed(write, f.at + 1us); });
        CHECK_FALSE(waits());
    }
}

}  // namespace
}  // namespace kith::talk
