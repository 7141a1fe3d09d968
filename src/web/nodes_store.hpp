#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/viewer.hpp"
#include "database/session.hpp"

namespace kith::web {

/// What is committed just now, as a word: the same word means that nothing has changed since.
[[nodiscard]] std::string what_is_committed(database::Read& read);

/// A note for the other nodes that the member's streams end.
struct StreamEnd {
    std::int64_t id = 0;
    Id<Member> member;
    Time at{};
};
BOOST_DESCRIBE_STRUCT(StreamEnd, (), (id, member, at))

void add_stream_end(database::Write& write, Id<Member> member, Time at);
[[nodiscard]] std::vector<StreamEnd> stream_ends_since(database::Read& read, Time since);
void forget_stream_ends(database::Write& write, Time until);

/// The hash that the first node of the community has left of its secret; the first leaves `own`.
[[nodiscard]] std::string shared_secret_hash(database::Write& write, std::string const& own);

/// Counts one of what is done each `step` at most, with as many ahead as fit into `period`; gives
/// 0 s, or how long to wait, when nothing is counted. One statement decides.
[[nodiscard]] std::chrono::microseconds count_shared(database::Write& write,
                                                     std::string const& what, Time now,
                                                     std::chrono::microseconds step,
                                                     std::chrono::microseconds period);
/// Takes back one that was counted.
void uncount_shared(database::Write& write, std::string const& what);
/// Forgets who has nothing left to wait for.
void forget_counts(database::Write& write, Time now);

}  // namespace kith::web
