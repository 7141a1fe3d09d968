#pragma once

#include <vector>

#include "notify/notice_store.hpp"

namespace kith::notify {

/// The members for whom something is due, at most `limit` of them; for the server.
[[nodiscard]] std::vector<Id<Member>> members_due(database::Read& read, Viewer const& viewer,
                                                  Time now, std::size_t limit);
/// What is due for the member and they may still see, newest first.
[[nodiscard]] std::vector<NoticeRow> due_notices(database::Read& read, Viewer const& viewer,
                                                 Id<Member> member, Time now);
/// Everything due is done, seen or not, shown or not.
void mark_delivered(database::Write& write, Id<Member> member, Time now);
/// What is due waits until `later`.
void put_off(database::Write& write, Id<Member> member, Time now, Time later);

struct WaitingNotice {
    Id<NoticeEntry> id;
    std::string kind;
};
BOOST_DESCRIBE_STRUCT(WaitingNotice, (), (id, kind))
/// What waits to be sent to the member.
[[nodiscard]] std::vector<WaitingNotice> unsent_notices(database::Read& read, Viewer const& viewer,
                                                        Id<Member> member);
void plan_notice(database::Write& write, Id<NoticeEntry> id, NoticeWay way, Time due_at);

}  // namespace kith::notify
