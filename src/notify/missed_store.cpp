#include "notify/missed_store.hpp"

namespace kith::notify {
namespace {

using database::bind;
using database::joined;
using database::Sql;

struct Row {
    Id<NoticeEntry> id;
    PublicId public_id;
    std::string kind;
    std::string url;
    std::string arguments;
    std::optional<std::string> sender_name;
    Time made_at{};
    std::optional<Time> seen_at;
    NoticeWay way = NoticeWay::app;
    std::string place;
};
BOOST_DESCRIBE_STRUCT(Row, (),
                      (id, public_id, kind, url, arguments, sender_name, made_at, seen_at, way,
                       place))

// As the list of notices has them: nothing of anybody whom the viewer doesn't hear.
constexpr char missed[] = R"(
    from notices n left join members s on s.id = n.sender
    where n.member = :viewer and n.rested = 1 and n.seen_at is null
      and (s.id is null or s.state in ('active', 'disabled'))
      and not exists (select 1 from mutes u where u.member = n.member and u.other = n.sender)
      and not exists (select 1 from distances t
                      where t.member = n.member and t.other = n.sender)
      and not exists (select 1 from notice_people p
                      join separations d on d.viewer = n.member and d.other = p.member
                      where p.notice = n.id
                        and not exists (select 1 from small_rooms r
                                        where r.viewer = n.member and r.other = p.member
                                          and r.place = n.place)))";

constexpr auto list_text = joined(R"(
    select n.id, n.public_id, n.kind, n.url, n.arguments, s.name, n.made_at, n.seen_at, n.way,
           coalesce((select min(c.name) from place_names c where c.place = n.place), ''))",
                                  missed, " order by n.id desc limit :limit");
constexpr Sql list = list_text.text;
constexpr auto any_text = joined("select count(*) from (select 1", missed, " limit 1) as found");
constexpr Sql any = any_text.text;
constexpr Sql put_away = R"(
    update notices set seen_at = :now where member = :viewer and rested = 1 and seen_at is null)";

}  // namespace

std::vector<MissedRow> missed_by(database::Read& read, Viewer const& viewer, std::size_t limit) {
    std::vector<MissedRow> result;
    for (auto& row :
         database::rows<Row>(read, list, bind("viewer", viewer.member), bind("limit", limit)))
        result.push_back({{row.id, row.public_id, std::move(row.kind), std::move(row.url),
                           std::move(row.arguments), std::move(row.sender_name), row.made_at,
                           row.seen_at, row.way},
                          std::move(row.place)});
    return result;
}

bool anything_missed(database::Read& read, Viewer const& viewer) {
    return database::number(read, any, bind("viewer", viewer.member)) > 0;
}

void put_missed_away(database::Write& write, Viewer const& viewer, Time now) {
    database::execute(write, put_away, bind("now", now), bind("viewer", viewer.member));
}

}  // namespace kith::notify
