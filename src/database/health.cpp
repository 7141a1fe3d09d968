#include "database/health.hpp"

namespace kith::database {
namespace {

constexpr Sql quick_check{{
    .sqlite = "select quick_check from pragma_quick_check(1)",
    .postgres = "select case when count(*) >= 0 then 'ok' end from migrations",
}};
constexpr Sql change_nothing = "delete from jobs where id = 0";
constexpr Sql time_there{{
    .sqlite = "select 0",
    .postgres = "select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)",
}};

}  // namespace

std::string damage_of(Read& read) {
    auto const said = scalar<std::string>(read, quick_check);
    return said == "ok" ? std::string() : said;
}

void check_writable(Database& database) {
    database.write_now([](Write& write) { execute(write, change_nothing); });
}

std::optional<Time> time_of(Read& read) {
    if (read.engine() == Engine::sqlite) return std::nullopt;
    return scalar<Time>(read, time_there);
}

}  // namespace kith::database
