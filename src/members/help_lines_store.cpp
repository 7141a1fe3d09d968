#include "base/limits.hpp"
#include "members/help_lines.hpp"

namespace kith::members {

using database::bind;
using database::Sql;

constexpr Sql all_lines = R"(
    select id, label, words, country, source, checked_at
    from help_lines where :host = 1 order by country, position, id)";

std::vector<HelpLineRow> all_help_lines(database::Read& read, Viewer const& viewer) {
    return database::rows<HelpLineRow>(read, all_lines, bind("host", viewer.at_least(Role::host)));
}

constexpr Sql count_old = R"(
    select count(*) from help_lines l join community c on c.id = 1
    where l.country = c.country and (l.checked_at is null or l.checked_at < :before)
      and :host = 1)";

std::int64_t lines_to_check(database::Read& read, Viewer const& viewer, Time now) {
    return database::number(read, count_old, bind("before", now - limits::help_line_age_max),
                            bind("host", viewer.at_least(Role::host)));
}

constexpr Sql count_of_country = "select count(*) from help_lines where country = :country";
constexpr Sql add_line = R"(
    insert into help_lines (position, label, href, words, country, source, checked_at)
    values ((select coalesce(max(position), 0) + 1 from help_lines where country = :country),
            :label, :href, :words, :country, :source, :now))";

void add_help_line(database::Write& write, HelpLineForm const& line, std::string const& href,
                   Time now) {
    auto const there = database::number(write, count_of_country, bind("country", line.country));
    if (there >= static_cast<std::int64_t>(limits::help_lines_max))
        throw Refusal::conflict("members.help_lines_enough");
    database::execute(write, add_line, bind("country", line.country), bind("label", line.label),
                      bind("href", href), bind("words", line.words), bind("source", line.source),
                      bind("now", now));
}

constexpr Sql change_line = R"(
    update help_lines set label = :label, href = :href, words = :words, country = :country,
        source = :source, checked_at = :now
    where id = :line)";

void change_help_line(database::Write& write, Id<HelpLineTag> id, HelpLineForm const& line,
                      std::string const& href, Time now) {
    auto const changed =
        database::execute(write, change_line, bind("label", line.label), bind("href", href),
                          bind("words", line.words), bind("country", line.country),
                          bind("source", line.source), bind("now", now), bind("line", id));
    if (changed != 1) throw Refusal::not_found();
}

constexpr Sql check_line = "update help_lines set checked_at = :now where id = :line";
constexpr Sql remove_line = "delete from help_lines where id = :line";

void note_line_checked(database::Write& write, Id<HelpLineTag> id, Time now) {
    if (database::execute(write, check_line, bind("now", now), bind("line", id)) != 1)
        throw Refusal::not_found();
}

void remove_help_line(database::Write& write, Id<HelpLineTag> id) {
    if (database::execute(write, remove_line, bind("line", id)) != 1) throw Refusal::not_found();
}

}  // namespace kith::members
