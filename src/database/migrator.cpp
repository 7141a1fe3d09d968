#include "database/migrator.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

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
constexpr Sql note_done{{
    .sqlite = "insert into migrations (name, applied_at)"
              " values (:name, cast(strftime('%s', 'now') as integer) * 1000000)",
    .postgres = "insert into migrations (name, applied_at)"
                " values (:name, cast(extract(epoch from now()) * 1000000 as bigint))",
}};
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
    std::set<std::string> waiting;
    for (auto const& migration : known) {
        waiting.insert(migration.name);
    }
    for (auto const& name : done) {
        if (waiting.erase(name) == 0) {
            throw std::runtime_error(
                "this database was made by a newer Kith: it has had the step \"" + name +
                "\", which this program doesn't know");
        }
    }
    return {waiting.begin(), waiting.end()};
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
    if (on_sqlite && number(write, broken_references) != 0) {
        throw std::runtime_error("it leaves rows that point to nothing");
    }
    connection.run("commit");
    return true;
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

std::vector<std::string> pending_migrations(Database& database,
                                            std::vector<Migration> const& known) {
    return database.read([&](Read& read) { return pending_of(read, known); });
}

std::vector<std::string> pending_migrations(Read& read, std::vector<Migration> const& known) {
    return pending_of(read, known);
}

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
    }
    std::vector<std::string> done;
    for (auto const& migration : known) {
        try {
            if (apply(connection, migration, known)) {
                done.push_back(migration.name);
            }
        } catch (std::exception const& error) {
            throw std::runtime_error("the step \"" + migration.name + "\" failed: " + error.what());
        }
    }
    return done;
}

}  // namespace kith::database
