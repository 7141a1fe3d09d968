#include "upkeep/findings.hpp"
#include "upkeep/health_store.hpp"

namespace kith::upkeep {
namespace {

using database::bind;
using database::Sql;

/// How the server does is the host's to know.
void require_host(Viewer const& viewer) {
    if (!viewer.at_least(Role::host)) throw Refusal::not_found();
}

struct FindingRow {
    std::string about;
    Verdict verdict = Verdict::ok;
    std::string word;
    std::string what;
    std::int64_t count = 0;
    Time at;
};
BOOST_DESCRIBE_STRUCT(FindingRow, (), (about, verdict, word, what, count, at))

constexpr Sql kept = "select about, verdict, word, what, count, at from findings order by about";
constexpr Sql forget_all = "delete from findings";
constexpr Sql keep = R"(
    insert into findings (about, verdict, word, what, count, at)
    values (:about, :verdict, :word, :what, :count, :now))";

// Who can be found is said here as where they are put in the index (members/search_store).
constexpr Sql missing_from_search = R"(
    select count(*) from members m
    where m.state = 'active' and (m.listed = 1 or m.role <> 'member')
      and not exists (select 1 from search_entries s where s.kind = 'members' and s.thing = m.id))";
constexpr Sql last_noted =
    "select at from (select at from audit order by id desc limit 1000) lately"
    " order by at desc limit 1";

}  // namespace

std::vector<KeptFinding> kept_findings(database::Read& read, Viewer const& viewer) {
    require_host(viewer);
    std::vector<KeptFinding> all;
    for (auto& row : database::rows<FindingRow>(read, kept))
        all.push_back({{std::move(row.about), row.verdict, std::move(row.word), std::move(row.what),
                        row.count},
                       row.at});
    return all;
}

void keep_findings(database::Write& write, std::vector<Finding> const& findings, Time now) {
    database::execute(write, forget_all);
    for (auto const& finding : findings)
        database::execute(write, keep, bind("about", finding.about),
                          bind("verdict", finding.verdict), bind("word", finding.word),
                          bind("what", finding.what), bind("count", finding.count),
                          bind("now", now));
}

std::int64_t people_missing_from_search(database::Read& read, Viewer const& viewer) {
    require_host(viewer);
    return database::number(read, missing_from_search);
}

std::optional<Time> newest_moment(database::Read& read, Viewer const& viewer) {
    require_host(viewer);
    return database::maybe<Time>(read, last_noted);
}

}  // namespace kith::upkeep
