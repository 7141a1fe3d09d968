#pragma once

#include <string>
#include <vector>

#include "database/session.hpp"
#include "talk/talk.hpp"

namespace kith::talk {

/// Somebody whom a comment may name.
struct NamedRow {
    Id<Member> member;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NamedRow, (), (member, name))

/// Those of the comment's readers who go by one of `names` and may hear of its author.
[[nodiscard]] std::vector<NamedRow> readers_named(database::Read& read, Viewer const& viewer,
                                                  Id<Comment> comment,
                                                  std::vector<std::string> const& names);

/// Keeps who is told of the comment, and no one else; gives back who is new to it.
std::vector<Id<Member>> set_mentions(database::Write& write, Id<Comment> comment,
                                     std::vector<Id<Member>> const& members, Time now);

/// Erases who was told of a comment.
void drop_mentions_in(database::Write& write, Id<Comment> comment);
/// Erases whom a member named, and where they were named.
void drop_mentions_of(database::Write& write, Id<Member> member);

}  // namespace kith::talk
