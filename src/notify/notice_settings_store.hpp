#pragma once

#include <boost/describe.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/viewer.hpp"
#include "database/session.hpp"
#include "notify/notice_wishes.hpp"

namespace kith::notify {

/// A member as far as telling them goes; for the server and the member alone.
struct ToldRow {
    Id<Member> member;
    std::optional<bool> mail;
    std::optional<Wording> wording;
    std::optional<std::int64_t> quiet_from;
    std::optional<std::int64_t> quiet_until;
    std::optional<std::int64_t> digest_at;
    std::string zone;                    ///< their own, or the community's
    std::string language;                ///< their own, or the community's
    std::optional<std::string> address;  ///< only once it is confirmed
    std::optional<Time> address_since;
    bool discreet = false;
    bool resting = false;  ///< from everything: nothing is sent, and nothing listed

    [[nodiscard]] NoticeWishes wishes() const;
};
BOOST_DESCRIBE_STRUCT(ToldRow, (),
                      (member, mail, wording, quiet_from, quiet_until, digest_at, zone, language,
                       address, address_since, discreet, resting))

/// The member, while their account is in use.
[[nodiscard]] std::optional<ToldRow> told_member(database::Read& read, Viewer const& viewer,
                                                 Id<Member> member);
/// The way that the member chose for this kind.
[[nodiscard]] std::optional<NoticeWay> chosen_way(database::Read& read, Viewer const& viewer,
                                                  Id<Member> member, std::string_view kind);
/// Every choice of the member's, by kind.
[[nodiscard]] std::map<std::string, NoticeWay> chosen_ways(database::Read& read,
                                                           Viewer const& viewer, Id<Member> member);

void keep_wishes(database::Write& write, Id<Member> member, NoticeWishes const& wishes);
void keep_way(database::Write& write, Id<Member> member, std::string_view kind, NoticeWay way);
/// Ends or begins mail of notices; everything else stays.
void set_mail(database::Write& write, Id<Member> member, bool mail);

}  // namespace kith::notify
