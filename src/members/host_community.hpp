#pragma once

#include <optional>
#include <string>
#include <vector>

#include "members/community.hpp"
#include "members/profile_settings.hpp"
#include "web/call.hpp"
#include "web/slice.hpp"

namespace kith::members {

struct CommunityForm {
    std::string name;
    JoinPolicy join_policy = JoinPolicy::invitation;
    bool members_may_invite = false;
    std::string agreement;
    std::int64_t agreement_version = 0;  ///< the one that the change began from
    std::string language;
    std::string zone;
    std::string country;
    bool guests_may_comment = false;
    bool hold_first_comments = false;
    bool hold_links = false;
    std::int64_t circle_size_max = 12;
    std::optional<std::int64_t> comment_edit_hours;  ///< as it was, when absent
    std::string contact;
};
BOOST_DESCRIBE_STRUCT(CommunityForm, (),
                      (name, join_policy, members_may_invite, agreement, agreement_version,
                       language, zone, country, guests_may_comment, hold_first_comments, hold_links,
                       circle_size_max, comment_edit_hours, contact))

/// What the host sets for the whole community.
struct CommunityPage {
    static constexpr std::string_view page = "members/host-community";
    web::Field name;
    JoinPolicy join_policy = JoinPolicy::invitation;
    bool members_may_invite = false;
    web::Field agreement;
    std::int64_t agreement_version = 1;
    std::vector<Option> languages;
    web::Field language;
    std::vector<Option> zones;
    web::Field zone;
    web::Field country;
    bool country_has_lines = false;
    bool guests_may_comment = false;
    bool hold_first_comments = false;
    bool hold_links = false;
    web::Field circle_size_max;
    web::Field comment_edit_hours;
    web::Field contact;
    std::string exit_url;  ///< set with the server's own settings
};
BOOST_DESCRIBE_STRUCT(CommunityPage, (),
                      (name, join_policy, members_may_invite, agreement, agreement_version,
                       languages, language, zones, zone, country, country_has_lines,
                       guests_may_comment, hold_first_comments, hold_links, circle_size_max,
                       comment_edit_hours, contact, exit_url))

[[nodiscard]] std::vector<web::Route> host_community_routes();

}  // namespace kith::members
