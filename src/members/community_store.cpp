#include "members/community.hpp"

namespace kith::members {

using database::bind;
using database::Sql;

constexpr Sql the_community = R"(
    select name, join_policy, agreement, agreement_version, language, zone, country,
           guests_may_comment, hold_first_comments, hold_links, exit_url, contact,
           members_may_invite, circle_size_max, comment_edit_hours
    from community where id = 1)";

Community community(database::Read& read) { return database::one<Community>(read, the_community); }

constexpr Sql change = R"(
    update community set name = :name, join_policy = :join_policy, language = :language,
        agreement_version = agreement_version +
            case when agreement = :agreement then 0 else 1 end,
        agreement = :agreement, zone = :zone, country = :country,
        guests_may_comment = :guests_may_comment, hold_first_comments = :hold_first_comments,
        hold_links = :hold_links, exit_url = :exit_url, contact = :contact,
        members_may_invite = :members_may_invite, circle_size_max = :circle_size_max,
        comment_edit_hours = :comment_edit_hours
    where id = 1)";

void change_community(database::Write& write, Community const& changed) {
    database::execute(
        write, change, bind("name", changed.name), bind("join_policy", changed.join_policy),
        bind("language", changed.language), bind("agreement", changed.agreement),
        bind("zone", changed.zone), bind("country", changed.country),
        bind("guests_may_comment", changed.guests_may_comment),
        bind("hold_first_comments", changed.hold_first_comments),
        bind("hold_links", changed.hold_links), bind("exit_url", changed.exit_url),
        bind("contact", changed.contact), bind("members_may_invite", changed.members_may_invite),
        bind("circle_size_max", changed.circle_size_max),
        bind("comment_edit_hours", changed.comment_edit_hours));
}

constexpr Sql lines_of_country = R"(
    select label, href, words from help_lines where country = :country order by position, id)";

std::vector<web::HelpLine> help_lines(database::Read& read, std::string_view country) {
    return database::rows<web::HelpLine>(read, lines_of_country, bind("country", country));
}

}  // namespace kith::members
