#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "database/session.hpp"
#include "web/shell.hpp"

namespace kith::members {

/// How someone becomes a member, as the host sets it.
enum class JoinPolicy { invitation, request, open };
BOOST_DESCRIBE_ENUM(JoinPolicy, invitation, request, open)

/// What the host sets for the whole community.
struct Community {
    std::string name;
    JoinPolicy join_policy = JoinPolicy::invitation;
    std::string agreement;  ///< Markdown
    std::int64_t agreement_version = 1;
    std::string language;
    std::string zone;     ///< IANA
    std::string country;  ///< ISO 3166-1 alpha-2: whose help lines are shown
    bool guests_may_comment = false;
    bool hold_first_comments = true;
    bool hold_links = true;
    std::string exit_url;  ///< where "leave quickly" goes; empty: the server's own
    std::string contact;
    bool members_may_invite = false;       ///< stewards and the host always may
    std::int64_t circle_size_max = 12;     ///< the most that a circle may hold
    std::int64_t comment_edit_hours = 24;  ///< how long authors may change a comment's words
};
BOOST_DESCRIBE_STRUCT(Community, (),
                      (name, join_policy, agreement, agreement_version, language, zone, country,
                       guests_may_comment, hold_first_comments, hold_links, exit_url, contact,
                       members_may_invite, circle_size_max, comment_edit_hours))

[[nodiscard]] Community community(database::Read& read);
/// Keeps all of it; a changed agreement gets the next version, to be accepted anew.
void change_community(database::Write& write, Community const& changed);

/// The help lines of the community's country, in the host's order.
[[nodiscard]] std::vector<web::HelpLine> help_lines(database::Read& read, std::string_view country);

}  // namespace kith::members
