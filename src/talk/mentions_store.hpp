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

/// Keeps who is told of the comment; whoever it no longer names is not.
void set_mentions(database::Write& write, Id<Comment> comment,
                  std::vector<Id<Member>> const& members, Time now);

/// A comment that names the viewer, where they may still read it.
struct MentionRow {
    PublicId comment;
    std::string author_name;
};
BOOST_DESCRIBE_STRUCT(MentionRow, (), (comment, author_name))
/// The latest since `since`, newest first.
[[nodiscard]] std::vector<MentionRow> mentions_of(database::Read& read, Viewer const& viewer,
                                                  Time since, std::size_t limit);

/// Erases who was told of a comment.
void drop_mentions_in(database::Write& write, Id<Comment> comment);
/// Erases whom a member named, and where they were named.
void drop_mentions_of(database::Write& write, Id<Member> member);

}  // namespace kith::talk
