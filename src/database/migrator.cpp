#include "database/migrator.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <thread>

#include "database/bell.hpp"
#include "database/connection.hpp"
#include "database/sql_script.hpp"

namespace kith::database {
namespace {

constexpr Sql make_table =
    "create table if not exists migrations (name text primary key, applied_at bigint not null)";
constexpr Sql has_table{{
    .sqlite = "select count(*) from sqlite_master where name = 'migrations'",
    .postgres = "select count(*) from pg_tables where tablename = 'migrations'"
                " and schemaname = current_schema()",
}};
constexpr Sql names_done = "select name from migrations order by name";
constexpr Sql count_done = "select count(*) from migrations";
// Of PostgreSQL alone, where several programs may serve one database.
constexpr Sql add_beside =
    "alter table migrations add column if not exists beside integer not null default 0";
constexpr Sql has_beside{{
    .sqlite = "select 0",
    .postgres = "select count(*) from information_schema.columns where column_name = 'beside'"
                " and table_name = 'migrations' and table_schema = current_schema()",
}};
constexpr Sql names_beside = "select name from migrations where beside = 1 order by name";
constexpr Sql mark_beside = "update migrations set beside = 1 where name = :name";
constexpr Sql note_done{{
    .sqlite = "insert into migrations (name, applied_at)"
              " values (:name, cast(strftime('%s', 'now') as integer) * 1000000)",
    .postgres = "insert into migrations (name, applied_at)"
                " values (:name, cast(extract(epoch from now()) * 1000000 as bigint))",
}};
/// A backup of a large table may hold it for minutes.
constexpr int lock_tries_max = 100;
constexpr Sql broken_references = "select count(*) from pragma_foreign_key_check()";

/// Whoever migrates PostgreSQL holds this lock; the number is only for Kith.
constexpr auto take_lock = "select pg_advisory_lock(7597145)";

void sort_and_check(std::vector<Migration>& known) {
    std::sort(known.begin(), known.end(),
              [](auto const& one, auto const& other) { return one.name < other.name; });
    auto const twice = std::adjacent_find(
        known.begin(), known.end(),
        [](auto const& one, auto const& other) { return one.name == other.name; });
    if (twice != known.end()) {
        throw std::runtime_error("two migrations have the same name: " + twice->name);
    }
}

std::vector<std::string> pending_of(Read& read, std::vector<Migration> const& known) {
    auto const done = number(read, has_table) == 0 ? std::vector<std::string>()
                                                   : rows<std::string>(read, names_done);
    auto const beside = number(read, has_beside) == 0 ? std::vector<std::string>()
                                                      : rows<std::string>(read, names_beside);
    std::set<std::string> waiting;
    for (auto const& migration : known) {
        waiting.insert(migration.name);
    }
    for (auto const& name : done) {
        if (waiting.erase(name) == 0 && !std::binary_search(beside.begin(), beside.end(), name)) {
            throw std::runtime_error(
                "this database was made by a newer Kith: it has had the step \"" + name +
                "\", which this program doesn't know");
        }
    }
    return {waiting.begin(), waiting.end()};
}

bool begins(std::string_view statement, std::initializer_list<std::string_view> beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](auto beginning) { return statement.starts_with(beginning); });
}

/// In small letters, with one space between words.
std::string plain(std::string_view statement) {
    std::string words;
    for (char const c : statement) {
        bool const is_blank = c == ' ' || c == '\n' || c == '\t';
        if (!is_blank) {
            words += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        } else if (!words.empty() && words.back() != ' ') {
            words += ' ';
        }
    }
    return words;
}

/// Whether who knows nothing of it goes on as before.
bool only_adds(std::string_view statement, std::set<std::string> const& new_tables) {
    auto const words = plain(statement);
    if (begins(words,
               {"create table ", "create unlogged table ", "create index ", "create view "})) {
        return true;
    }
    if (begins(words, {"create unique index "})) {
        auto const on = words.find(" on ");
        auto const name = on == words.npos ? words.npos : on + 4;
        return name != words.npos &&
               new_tables.contains(words.substr(name, words.find_first_of(" (", name) - name));
    }
    bool const adds_column = begins(words, {"alter table "}) &&
                             words.find(" add column ") != words.npos &&
                             words.find(" drop ") == words.npos;
    bool const must_be_filled =
        words.find(" not null") != words.npos && words.find(" default ") == words.npos;
    return adds_column && !must_be_filled;
}

std::set<std::string> tables_made_by(std::vector<std::string> const& statements) {
    std::set<std::string> tables;
    for (auto const& statement : statements) {
        auto const words = plain(statement);
        if (!begins(words, {"create table ", "create unlogged table "})) {
            continue;
        }
        auto const name = words.find(" table ") + 7;
        tables.insert(words.substr(name, words.find_first_of(" (", name) - name));
    }
    return tables;
}

/// One migration in its transaction; nothing if another process has done it meanwhile.
bool apply(Connection& connection, Migration const& migration,
           std::vector<Migration> const& known) {
    bool const on_sqlite = connection.engine() == Engine::sqlite;
    Bell nobody;
    Write write(connection, nobody);
    connection.forget_failure();
    connection.run(on_sqlite ? "begin exclusive" : "begin");
    auto const pending = pending_of(write, known);
    if (std::find(pending.begin(), pending.end(), migration.name) == pending.end()) {
        connection.roll_back();
        return false;
    }
    execute(write, make_table);
    for (auto const& statement : statements_of(migration.sql, connection.engine())) {
        connection.run(statement);
    }
    execute(write, note_done, bind("name", migration.name));
    if (!on_sqlite && serves_beside_older(migration)) {
        execute(write, add_beside);
        execute(write, mark_beside, bind("name", migration.name));
    }
    if (on_sqlite && number(write, broken_references) != 0) {
        throw std::runtime_error("it leaves rows that point to nothing");
    }
    connection.run("commit");
    return true;
}

/// The same, again while others hold what it needs.
bool apply_soon(Connection& connection, Migration const& migration,
                std::vector<Migration> const& known) {
    for (int tries = 1;; ++tries) {
        try {
            return apply(connection, migration, known);
        } catch (DatabaseError const& error) {
            // SQLite has waited already, and a full disk doesn't mend itself.
            bool const shared = connection.engine() == Engine::postgres;
            if (!shared || error.fault() != Fault::storage || tries == lock_tries_max) throw;
            connection.roll_back();
        }
        std::this_thread::sleep_for(std::chrono::seconds(1));
    }
}

}  // namespace

std::vector<Migration> migrations_of(std::span<Resource const> resources) {
    constexpr std::string_view folder = "migrations/";
    constexpr std::string_view ending = ".sql";
    std::vector<Migration> migrations;
    for (auto const& resource : resources) {
        if (!resource.path.starts_with(folder) || !resource.path.ends_with(ending)) {
            continue;
        }
        auto name = resource.path.substr(folder.size());
        name.remove_suffix(ending.size());
        migrations.push_back({std::string(name), std::string(resource.bytes)});
    }
    return migrations;
}

bool serves_beside_older(Migration const& migration) {
    if (migration.sql.find("-- not beside an older Kith") != std::string::npos) {
        return false;
    }
    auto const statements = statements_of(migration.sql, Engine::postgres);
    auto const tables = tables_made_by(statements);
    return std::all_of(statements.begin(), statements.end(),
                       [&](auto const& statement) { return only_adds(statement, tables); });
}

std::vector<std::string> steps_apart(Database& database, std::vector<Migration> const& known) {
    auto const pending = pending_migrations(database, known);
    std::vector<std::string> apart;
    for (auto const& migration : known) {
        bool const waits =
            std::find(pending.begin(), pending.end(), migration.name) != pending.end();
        if (waits && !serves_beside_older(migration)) {
            apart.push_back(migration.name);
        }
    }
    std::sort(apart.begin(), apart.end());
    return apart;
}

std::vector<std::string> pending_migrations(Database& database,
                                            std::vector<Migration> const& known) {
    return database.read([&](Read& read) { return pending_of(read, known); });
}

std::vector<std::string> pending_migrations(Read& read, std::vector<Migration> const& known) {
    return pending_of(read, known);
}

std::int64_t steps_done(Read& read) { return number(read, count_done); }

std::vector<std::string> migrate(Database& database, std::vector<Migration> known) {
    sort_and_check(known);
    if (pending_migrations(database, known).empty()) {
        return {};
    }
    Connection connection(address_of(database.url()), Purpose::writing);
    if (connection.engine() == Engine::sqlite) {
        // Rebuilding a table would break what points to it for a moment; checked before commit.
        connection.run("pragma foreign_keys=off");
    } else {
        connection.run("set lock_timeout = 0");
        connection.run(take_lock);
        // Whoever waits for a table holds up all who want it after: nodes that serve meanwhile.
        connection.run("set lock_timeout = '2s'");
    }
    std::vector<std::string> done;
    for (auto const& migration : known) {
        try {
            if (apply_soon(connection, migration, known)) {
                done.push_back(migration.name);
            }
        } catch (std::exception const& error) {
            throw std::runtime_error("the step \"" + migration.name + "\" failed: " + error.what());
        }
    }
    return done;
}

}  // namespace kith::database
