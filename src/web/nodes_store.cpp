#include "web/nodes_store.hpp"

namespace kith::web {
namespace {

using database::bind;
using database::execute;
using database::maybe;
using database::Sql;

// Two snapshots that read alike see the same transactions. On SQLite nobody asks.
constexpr Sql committed{
    {.sqlite = "select ''", .postgres = "select cast(pg_current_snapshot() as text)"}};

constexpr Sql add_end = "insert into stream_ends (member, at) values (:member, :at)";
constexpr Sql ends_since =
    "select id, member, at from stream_ends where at >= :since order by id limit 10000";
constexpr Sql forget_ends = "delete from stream_ends where at < :until";

constexpr Sql leave_secret =
    "insert into shared_secret (id, hash) values (1, :hash) on conflict do nothing";
constexpr Sql left_secret = "select hash from shared_secret where id = 1";

// When all is free again stands in free_at: each time moves it on by a step, up to a period ahead.
constexpr Sql count = R"sql(
    insert into rate_counts (what, free_at, step)
    values (:what, cast(:now as bigint) + cast(:step as bigint), cast(:step as bigint))
    on conflict (what) do update
    set free_at = case when rate_counts.free_at > cast(:now as bigint) then rate_counts.free_at
                       else cast(:now as bigint) end + cast(:step as bigint),
        step = cast(:step as bigint)
    where rate_counts.free_at
          <= cast(:now as bigint) + cast(:period as bigint) - cast(:step as bigint)
    returning free_at
)sql";
constexpr Sql free_at = "select free_at from rate_counts where what = :what";
constexpr Sql uncount = "update rate_counts set free_at = free_at - step where what = :what";
constexpr Sql forget = "delete from rate_counts where free_at < :now";

}  // namespace

std::string what_is_committed(database::Read& read) {
    return database::scalar<std::string>(read, committed);
}

void add_stream_end(database::Write& write, Id<Member> member, Time at) {
    execute(write, add_end, bind("member", member), bind("at", at));
}

std::vector<StreamEnd> stream_ends_since(database::Read& read, Time since) {
    return database::rows<StreamEnd>(read, ends_since, bind("since", since));
}

void forget_stream_ends(database::Write& write, Time until) {
    execute(write, forget_ends, bind("until", until));
}

std::string shared_secret_hash(database::Write& write, std::string const& own) {
    execute(write, leave_secret, bind("hash", own));
    return database::scalar<std::string>(write, left_secret);
}

std::chrono::microseconds count_shared(database::Write& write, std::string const& what, Time now,
                                       std::chrono::microseconds step,
                                       std::chrono::microseconds period) {
    auto const counted = maybe<Time>(write, count, bind("what", what), bind("now", now),
                                     bind("step", step.count()), bind("period", period.count()));
    if (counted) return std::chrono::microseconds(0);
    auto const free = maybe<Time>(write, free_at, bind("what", what));
    auto const wait = free.value_or(now) - (now + period - step);
    return std::max(wait, std::chrono::microseconds(1));
}

void uncount_shared(database::Write& write, std::string const& what) {
    execute(write, uncount, bind("what", what));
}

void forget_counts(database::Write& write, Time now) { execute(write, forget, bind("now", now)); }

}  // namespace kith::web
