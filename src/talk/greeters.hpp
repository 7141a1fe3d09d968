#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/session.hpp"
#include "members/member.hpp"

namespace kith::talk {

/// Somebody who answers first hellos, as the viewer may see them.
struct GreeterRow {
    Id<Member> member;
    PublicId public_id;
    std::string name;
    std::string greeting;  ///< a sentence of their own
};
BOOST_DESCRIBE_STRUCT(GreeterRow, (), (member, public_id, name, greeting))

/// The greeters, longest named first; nobody apart from the viewer.
[[nodiscard]] std::vector<GreeterRow> greeters(database::Read& read, Viewer const& viewer);
/// The viewer's own entry, if they are a greeter.
[[nodiscard]] std::optional<GreeterRow> own_greeting(database::Read& read, Viewer const& viewer);

/// Active members who go by the name, or whose page it is; nobody apart from the viewer.
[[nodiscard]] std::vector<Id<Member>> members_called(database::Read& read, Viewer const& viewer,
                                                     std::string_view name);

/// Names a greeter; false when they are one already.
[[nodiscard]] bool name_greeter(database::Write& write, Id<Member> member, Time at);
void set_greeting(database::Write& write, Id<Member> member, std::string_view greeting);
/// They are a greeter no longer, and read nothing any more that travelled to them as one.
void unname_greeter(database::Write& write, Id<Member> member);

}  // namespace kith::talk
