#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <vector>

#include "base/viewer.hpp"
#include "database/session.hpp"

namespace kith::distance {

/// Why somebody's words are folded for a viewer, which is for that viewer alone to know.
enum class Folded { no, muted, distant };
BOOST_DESCRIBE_ENUM(Folded, no, muted, distant)

/// Someone, and why words are folded between them and another.
struct FoldedPerson {
    Id<Member> member;
    Folded why = Folded::no;
};
BOOST_DESCRIBE_STRUCT(FoldedPerson, (), (member, why))

/// People in the order of their ids, each once.
class FoldedPeople {
public:
    FoldedPeople() = default;
    explicit FoldedPeople(std::vector<FoldedPerson> people) : people_(std::move(people)) {}

    [[nodiscard]] Folded why(std::optional<Id<Member>> const& member) const;
    [[nodiscard]] bool any() const { return !people_.empty(); }

private:
    std::vector<FoldedPerson> people_;
};

/// Whose words of these people's are folded for the viewer: whom they mute, and from whom they keep
/// distance, whose words they meet in small circles only. What is asked costs the same from however
/// many they keep distance.
[[nodiscard]] FoldedPeople folded_people(database::Read& read, Viewer const& viewer,
                                         std::vector<Id<Member>> const& among);

/// For whom the words of `author` are folded; for the server, which tells news to all of them.
[[nodiscard]] FoldedPeople folded_by(database::Read& read, Viewer const& viewer,
                                     std::optional<Id<Member>> const& author);

}  // namespace kith::distance
