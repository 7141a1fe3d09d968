#pragma once

#include <string>
#include <vector>

#include "database/session.hpp"
#include "talk/talk.hpp"

namespace kith::talk {

/// What was typed in a comment that the viewer may read.
[[nodiscard]] std::string quotable_source(database::Read& read, Viewer const& viewer,
                                          Id<Comment> comment);

/// Keeps that a comment quotes another, and what that one quotes.
void add_quote(database::Write& write, Id<Comment> comment, Id<Comment> quoted);

/// A comment that quotes one that is no longer there to read.
struct GoneQuoteRow {
    Id<Comment> comment;
    PublicId quoted;
};
BOOST_DESCRIBE_STRUCT(GoneQuoteRow, (), (comment, quoted))
/// What those of `comments` quote of words that are taken back, put aside or being erased.
[[nodiscard]] std::vector<GoneQuoteRow> gone_quotes(database::Read& read, Viewer const& viewer,
                                                    std::vector<Id<Comment>> const& comments);

}  // namespace kith::talk
