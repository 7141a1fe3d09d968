#include "database/move.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "database/database.hpp"
#include "database/jobs.hpp"
#include "postgres.hpp"
#include "resources/database.hpp"

namespace kith::database {
namespace {

/// Rooms as they may come: keys of words, of two numbers, none; references to later rows, in a
/// ring, and from one table to itself; a row that the migration itself puts there; a view.
std::vector<Migration> rooms() {
    auto all = migrations_of(database_resources());
    all.push_back({"20260101_0100_rooms", R"(
        create table houses (id {{key}}, name text not null);
        create table guests (id {{key}}, house bigint not null references houses (id),
                             invited_by bigint references guests (id), asleep boolean not null,
                             height double precision, about text);
        alter table houses add column first_guest bigint references guests (id);
        create table words (word text primary key, times integer not null);
        create table visits (guest bigint not null references guests (id),
                             house bigint not null references houses (id), note text,
                             primary key (house, guest));
        create table loose (words text, times integer);
        create table rules (id integer primary key check (id = 1), wording text not null);
        create view sleepers as select id from guests where asleep;
        insert into rules (id, wording) values (1, 'as it begins');
)"});
    return all;
}

constexpr Sql add_house = "insert into houses (name) values (:name) returning id";
constexpr Sql add_guest{{
    .sqlite = "insert into guests (id, house, asleep, height, about)"
              " values (:id, :house, :asleep, :height, :about)",
    .postgres = "insert into guests (id, house, asleep, height, about)"
                " values (:id, :house, cast(cast(:asleep as integer) as boolean), :height, :about)",
}};
constexpr Sql invite = "update guests set invited_by = :by where id = :guest";
constexpr Sql first = "update houses set first_guest = :guest where id = :house";
constexpr Sql add_word = "insert into words (word, times) values (:word, :times)";
constexpr Sql add_visit = "insert into visits (guest, house, note) values (:guest, :house, :note)";
constexpr Sql add_loose = "insert into loose (words, times) values (:words, :times)";
constexpr Sql change_rules = "update rules set wording = 'as it was changed'";
constexpr Sql rule = "select wording from rules";
constexpr Sql next_guest =
    "insert into guests (house, asleep) select max(id), :no = 1 from houses returning id";
constexpr Sql misplace = "update loose set times = 'often' where times = 2";
constexpr Sql count_loose = "select count(*) from loose";
constexpr Sql to_nobody = "update houses set first_guest = 9999";
constexpr Sql break_text = "update loose set words = cast(x'61ff62' as text) where times = 2";
constexpr Sql mend_text = "update loose set words = 'mended' where times = 2";

void fill_rooms(Write& write) {
    auto const house = number(write, add_house, bind("name", "Zoë’s \"house\"\n\ttwo lines, 🏡"));
    for (std::int64_t id = 40; id < 1300; ++id)
        execute(write, add_guest, bind("id", id), bind("house", house), bind("asleep", id % 2),
                bind("height", static_cast<double>(id) / 3), bind("about", id % 5 == 0 ? "" : "x"));
    execute(write, invite, bind("by", 1200), bind("guest", 41));
    execute(write, first, bind("guest", 77), bind("house", house));
    for (auto const* word : {"b", "B", "ä", "a", "Z", "_", "a b", "é", "", "\xf0\x9f\x8f\xa1"})
        execute(write, add_word, bind("word", word), bind("times", 7));
    execute(write, add_visit, bind("guest", 50), bind("house", house), bind("note", std::nullopt));
    execute(write, add_visit, bind("guest", 49), bind("house", house), bind("note", "n"));
    execute(write, add_loose, bind("words", "twice"), bind("times", 1));
    execute(write, add_loose, bind("words", "twice"), bind("times", 1));
    execute(write, add_loose, bind("words", std::nullopt), bind("times", 2));
    execute(write, change_rules);
    enqueue(write, "later", "words", Time{});
}

struct Ways {
    tests::TestDatabase sqlite = tests::new_sqlite_database();
    tests::TestDatabase other = tests::new_sqlite_database();
    tests::TestDatabase postgres = tests::new_postgres_database();

    void fill_sqlite() const {
        Database database({.url = sqlite.url});
        migrate(database, rooms());
        database.write_now(fill_rooms);
    }
    [[nodiscard]] Move there() const { return {sqlite.url, postgres.url, rooms(), "index", {}}; }
    [[nodiscard]] Move back() const { return {postgres.url, other.url, rooms(), "index", {}}; }
};

std::int64_t rows_of(std::vector<MovedTable> const& moved, std::string const& name) {
    for (auto const& table : moved)
        if (table.name == name) return table.rows;
    return -1;
}

bool is_empty(std::string const& url) {
    Database database({.url = url});
    return pending_migrations(database, rooms()).size() == rooms().size();
}

TEST_CASE("a community moves to the other engine and back, and every table stays the same") {
    Ways ways;
    ways.fill_sqlite();
    auto const there = move_rows(ways.there());
    CHECK(rows_of(there, "guests") == 1260);
    CHECK(rows_of(there, "loose") == 3);
    CHECK(rows_of(there, "rules") == 1);
    CHECK(rows_of(there, "jobs") == 1);
    CHECK(rows_of(there, "migrations") == -1);
    CHECK(rows_of(there, "search_entries") == -1);
    {
        Database database({.url = ways.postgres.url});
        database.read([](Read& read) {
            CHECK(scalar<std::string>(read, rule) == "as it was changed");
            CHECK(waiting_jobs(read, "index") == 1);
        });
    }
    auto back = move_rows(ways.back());
    // The second move brings along the job that the first has queued.
    CHECK(rows_of(back, "jobs") == 2);
    for (std::size_t at = 0; at < there.size(); ++at)
        if (there[at].name != "jobs") CHECK(back[at] == there[at]);
}

TEST_CASE("what is added after a move gets a key of its own, on both engines") {
    Ways ways;
    ways.fill_sqlite();
    move_rows(ways.there());
    move_rows(ways.back());
    for (auto const& url : {ways.postgres.url, ways.other.url}) {
        Database database({.url = url});
        CHECK(database.write_now(
                  [](Write& write) { return number(write, next_guest, bind("no", 0)); }) == 1300);
    }
}

TEST_CASE("references are checked again after a move, as the schema says") {
    Ways ways;
    ways.fill_sqlite();
    move_rows(ways.there());
    Database database({.url = ways.postgres.url});
    CHECK_THROWS_AS(database.write_now([](Write& write) {
        execute(write, to_nobody);
        // A reference that is checked late would let this be read.
        static_cast<void>(number(write, count_loose));
        FAIL("a reference to nobody was taken");
    }),
                    DatabaseError);
}

TEST_CASE("a database that is in use isn't moved, and nothing comes to be where it would go") {
    Ways ways;
    ways.fill_sqlite();
    {
        Database server({.url = ways.sqlite.url});
        CHECK_THROWS_WITH(move_rows(ways.there()), doctest::Contains("in use"));
    }
    CHECK(is_empty(ways.postgres.url));
    move_rows(ways.there());
    Database server({.url = ways.postgres.url});
    server.read([](Read& read) { static_cast<void>(number(read, count_loose)); });
    CHECK_THROWS_WITH(move_rows(ways.back()), doctest::Contains("in use"));
}

TEST_CASE("a target that holds something is refused and stays as it is") {
    Ways ways;
    ways.fill_sqlite();
    {
        Database database({.url = ways.postgres.url});
        migrate(database, rooms());
    }
    CHECK_THROWS_WITH(move_rows(ways.there()), doctest::Contains("holds something already"));
    CHECK_FALSE(is_empty(ways.postgres.url));
    Move onto_itself{ways.postgres.url, ways.sqlite.url, rooms(), "index", {}};
    CHECK_THROWS_WITH(move_rows(onto_itself), doctest::Contains("is there already"));
}

TEST_CASE("a move that fails half-way leaves its target empty and its source as it was") {
    Ways ways;
    ways.fill_sqlite();
    {
        Database database({.url = ways.sqlite.url});
        database.write_now([](Write& write) { execute(write, break_text); });
    }
    CHECK_THROWS_WITH(move_rows(ways.there()), doctest::Contains("table loose holds text"));
    CHECK(is_empty(ways.postgres.url));
    {
        Database database({.url = ways.sqlite.url});
        CHECK(database.read([](Read& read) { return number(read, count_loose); }) == 3);
        database.write_now([](Write& write) { execute(write, mend_text); });
    }
    CHECK(rows_of(move_rows(ways.there()), "loose") == 3);
}

TEST_CASE("a value that only SQLite takes in its column stops the move") {
    Ways ways;
    ways.fill_sqlite();
    {
        Database database({.url = ways.sqlite.url});
        database.write_now([](Write& write) { execute(write, misplace); });
    }
    CHECK_THROWS_WITH(move_rows(ways.there()), doctest::Contains("table loose holds a value"));
    CHECK(is_empty(ways.postgres.url));
}

TEST_CASE("a source that an older program made, or that isn't there, is refused") {
    Ways ways;
    CHECK_THROWS_WITH(move_rows(ways.there()), doctest::Contains("There is no community"));
    CHECK_FALSE(std::filesystem::exists(ways.sqlite.url.substr(9)));
    ways.fill_sqlite();
    auto move = ways.there();
    move.migrations.push_back({"20260102_0100_later", "create table later (id {{key}});\n"});
    CHECK_THROWS_WITH(move_rows(move), doctest::Contains("kith upgrade"));
    CHECK(is_empty(ways.postgres.url));
}

}  // namespace
}  // namespace kith::database
