#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/public_id.hpp"
#include "base/viewer.hpp"
#include "database/session.hpp"

namespace kith::bonds {

struct HelloNote;  // the tag of Id<HelloNote>

/// A note between the viewer and another. Of the viewer's own nothing tells whether it arrived.
struct HelloRow {
    PublicId id;
    std::string words;
    Time at{};  ///< when it was sent, or, to the viewer, arrived
    bool mine = false;
    std::optional<Time> unsend_until;  ///< for the viewer's own
};
BOOST_DESCRIBE_STRUCT(HelloRow, (), (id, words, at, mine, unsend_until))

/// What the viewer wrote to the other and what has arrived from them, newest first.
[[nodiscard]] std::vector<HelloRow> hellos_with(database::Read& read, Viewer const& viewer,
                                                Id<Member> other);
/// When the viewer last wrote to the other, and what.
struct LastHello {
    Time at{};
    std::string words;
};
BOOST_DESCRIBE_STRUCT(LastHello, (), (at, words))
[[nodiscard]] std::optional<LastHello> last_hello(database::Read& read, Viewer const& viewer,
                                                  Id<Member> other);

struct HelloToAdd {
    PublicId public_id;
    Id<Member> to;
    std::string name;  ///< of the other, as the viewer knows them
    std::string words;
    Time at{};
    Time unsend_until{};
    Time deliver_at{};
};
Id<HelloNote> add_hello(database::Write& write, Viewer const& viewer, HelloToAdd const& note);
/// Takes the viewer's own note back while it can be; false when it can't.
[[nodiscard]] bool take_hello_back(database::Write& write, Viewer const& viewer, PublicId const& id,
                                   Time now);

/// A note that is due, for the server: it arrives, if hello is still open between the two.
struct DueHello {
    Id<HelloNote> id;
    PublicId public_id;
    Id<Member> sender;
    PublicId sender_id;
    Id<Member> recipient;
};
BOOST_DESCRIBE_STRUCT(DueHello, (), (id, public_id, sender, sender_id, recipient))
[[nodiscard]] std::optional<DueHello> due_hello(database::Read& read, Viewer const& viewer,
                                                Id<HelloNote> id);
void settle_hello(database::Write& write, Id<HelloNote> id, bool delivered);

/// A note as its writer's copy of everything has it.
struct SentHello {
    std::string to;  ///< as the writer knew them
    std::string words;
    Time at{};
};
BOOST_DESCRIBE_STRUCT(SentHello, (), (to, words, at))
[[nodiscard]] std::vector<SentHello> hellos_by(database::Read& read, Viewer const& viewer);

}  // namespace kith::bonds
