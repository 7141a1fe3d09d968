#pragma once

#include <string>
#include <vector>

#include "database/session.hpp"
#include "talk/folding.hpp"
#include "talk/talk.hpp"

namespace kith::talk {

/// What the viewer folds, in the order of the alphabet.
[[nodiscard]] std::vector<Fold> folds_of(database::Read& read, Viewer const& viewer);

/// Adds what a member folds; once is enough.
void add_fold(database::Write& write, Id<Member> member, Fold const& fold);
void remove_fold(database::Write& write, Id<Member> member, std::string_view words);
void remove_folds(database::Write& write, Id<Member> member);

/// A member for whom a text is folded, and for which of their words.
struct FoldedFor {
    Id<Member> member;
    std::string words;
};
/// For whom a text of these words is folded, by member.
[[nodiscard]] std::vector<FoldedFor> folded_for(database::Read& read, Viewer const& viewer,
                                                std::vector<std::string> const& words);

}  // namespace kith::talk
