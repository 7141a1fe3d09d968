#include "database/size.hpp"

namespace kith::database {
namespace {

constexpr Sql whole{{
    .sqlite = "select c.page_count * s.page_size from pragma_page_count() c, pragma_page_size() s",
    .postgres = "select pg_database_size(current_database())",
}};

}  // namespace

std::int64_t size_of_database(Read& read) { return number(read, whole); }

}  // namespace kith::database
