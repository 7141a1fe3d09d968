#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include "database/connection.hpp"
#include "database/copy.hpp"
#include "database/database.hpp"
#include "database/tables.hpp"

namespace kith::database {
namespace {

constexpr Sql whole = "pragma integrity_check";
constexpr Sql broken_references = "select count(*) from pragma_foreign_key_check()";

/// Returns once `path` is on the disk itself.
void force_to_disk(std::string const& path) {
    int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    bool const done = file >= 0 && ::fsync(file) == 0;
    if (file >= 0) {
        ::close(file);
    }
    if (!done) {
        throw std::runtime_error("cannot write " + path);
    }
}

}  // namespace

CopySize check_copy(std::string const& path) {
    Connection copy({Engine::sqlite, path}, Purpose::checking);
    copy.run("pragma query_only=on");
    Read read(copy);
    auto const answers = rows<std::string>(read, whole);
    if (answers != std::vector<std::string>{"ok"}) {
        throw std::runtime_error("the copy of the database isn't whole: " +
                                 (answers.empty() ? std::string() : answers.front()));
    }
    if (number(read, broken_references) != 0) {
        throw std::runtime_error("the copy of the database has rows that point to nothing");
    }
    CopySize size;
    for (auto const& table : names_of_tables(copy)) {
        ++size.tables;
        size.rows += count_rows(copy, table);
    }
    return size;
}

bool holds_nothing(std::string const& url) {
    Connection connection(address_of(url), Purpose::reading);
    return count_all_tables(connection) == 0;
}

void Database::backup_to(std::string const& path) {
    if (engine() != Engine::sqlite) {
        throw std::runtime_error("a PostgreSQL database is backed up with pg_dump");
    }
    if (std::filesystem::exists(path)) {
        throw std::runtime_error("there is already a file " + path);
    }
    // Under its own name only once it is whole: half a backup is worse than none.
    std::string const unfinished = path + ".unfinished";
    std::filesystem::remove(unfinished);
    try {
        Connection source(address_of(url()), Purpose::reading);
        source.sqlite().copy_to(unfinished);
        static_cast<void>(check_copy(unfinished));
        force_to_disk(unfinished);
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(unfinished, ignored);
        throw;
    }
    std::filesystem::rename(unfinished, path);
    auto const folder = std::filesystem::absolute(path).parent_path();
    force_to_disk(folder.string());
}

}  // namespace kith::database
