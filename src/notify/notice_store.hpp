#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/viewer.hpp"
#include "database/session.hpp"
#include "notify/notice_wishes.hpp"
#include "web/notice.hpp"

namespace kith::notify {

struct NoticeEntry;  // the tag of Id<NoticeEntry>

/// How far telling by mail or push has come. Waiting ends in the deed that queues the mail.
enum class Delivery { none, waiting, done };
BOOST_DESCRIBE_ENUM(Delivery, none, waiting, done)

/// A notice as its member sees it.
struct NoticeRow {
    Id<NoticeEntry> id;
    PublicId public_id;
    std::string kind;
    std::string url;
    std::string arguments;  ///< a JSON object of texts
    std::optional<std::string> sender_name;
    Time made_at{};
    std::optional<Time> seen_at;
    NoticeWay way = NoticeWay::app;
};
BOOST_DESCRIBE_STRUCT(NoticeRow, (),
                      (id, public_id, kind, url, arguments, sender_name, made_at, seen_at, way))

/// A notice on its way in.
struct NoticeToAdd {
    PublicId public_id;
    Id<Member> member;
    std::string kind;
    std::string url;
    std::string arguments;
    std::string about;
    std::optional<std::string> place;
    std::optional<Id<Member>> sender;
    std::vector<Id<Member>> people;  ///< the sender, and under whose words it stands
    NoticeWay way = NoticeWay::app;
    Time due_at{};
    Time at{};
    bool rested = false;  ///< its member rests: it is missed, neither listed nor sent
};

/// Adds the notice, unless its member is apart from one of its people or isn't here any more. One
/// that wasn't seen yet and is about the same is replaced; it isn't sent a second time.
void add_notice(database::Write& write, NoticeToAdd const& notice);

/// The viewer's notices before `before` (zero: from the newest), newest first.
[[nodiscard]] std::vector<NoticeRow> notices_of(database::Read& read, Viewer const& viewer,
                                                Id<NoticeEntry> before, std::size_t limit);
[[nodiscard]] std::optional<NoticeRow> find_notice(database::Read& read, Viewer const& viewer,
                                                   PublicId const& id);
/// Whether the viewer has a notice that they haven't seen.
[[nodiscard]] bool anything_new(database::Read& read, Viewer const& viewer);

void mark_seen(database::Write& write, Viewer const& viewer, Id<NoticeEntry> id, Time now);
/// Everything up to `newest`, which the viewer's page has shown.
void mark_all_seen(database::Write& write, Viewer const& viewer, Id<NoticeEntry> newest, Time now);
/// Removes what nobody has seen of `kind` about `about`.
void remove_unseen(database::Write& write, std::string_view kind, std::string_view about);
/// Removes what the member, or without one everybody, was told of `place`.
void remove_of_place(database::Write& write, std::string_view place,
                     std::optional<Id<Member>> member);
/// Removes what was made before `before`.
void forget_notices(database::Write& write, Time before);

/// Everything that the member was told, for their copy.
[[nodiscard]] std::vector<NoticeRow> all_notices_of(database::Read& read, Viewer const& viewer,
                                                    Id<Member> member);
/// Erases what the member was told, chose, and what others were told of them.
void erase_notices(database::Write& write, Id<Member> member);

}  // namespace kith::notify
