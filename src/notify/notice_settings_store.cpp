#include "notify/notice_settings_store.hpp"

namespace kith::notify {
namespace {

using database::bind;
using database::execute;
using database::Sql;

void require_self(Viewer const& viewer, Id<Member> member) {
    if (!viewer.is_server() && !viewer.is(member)) throw Refusal::not_found();
}

struct WayRow {
    std::string kind;
    NoticeWay way = NoticeWay::digest;
};
BOOST_DESCRIBE_STRUCT(WayRow, (), (kind, way))

constexpr Sql told = R"(
    select m.id, s.mail, s.wording, s.quiet_from, s.quiet_until, s.digest_at,
           case when m.zone = '' then k.zone else m.zone end,
           case when m.language = '' then k.language else m.language end,
           case when m.email_confirmed_at is null then null else m.email end,
           m.email_confirmed_at, m.discreet,
           case when exists (select 1 from rests r where r.member = m.id) then 1 else 0 end
    from members m cross join community k left join notice_settings s on s.member = m.id
    where m.id = :member and m.state = 'active')";
constexpr Sql one_way = "select way from notice_ways where member = :member and kind = :kind";
constexpr Sql all_ways = "select kind, way from notice_ways where member = :member";
constexpr Sql keep = R"(
    insert into notice_settings (member, mail, wording, quiet_from, quiet_until, digest_at)
    values (:member, :mail, :wording, :quiet_from, :quiet_until, :digest_at)
    on conflict (member) do update set mail = excluded.mail, wording = excluded.wording,
        quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
        digest_at = excluded.digest_at)";
constexpr Sql keep_one_way = R"(
    insert into notice_ways (member, kind, way) values (:member, :kind, :way)
    on conflict (member, kind) do update set way = excluded.way)";

}  // namespace

NoticeWishes ToldRow::wishes() const {
    NoticeWishes result;
    result.mail = mail.value_or(result.mail);
    result.wording = wording.value_or(result.wording);
    if (quiet_from) result.quiet.from = web::WallMinutes(*quiet_from);
    if (quiet_until) result.quiet.until = web::WallMinutes(*quiet_until);
    if (digest_at) result.digest_at = web::WallMinutes(*digest_at);
    return result;
}

std::optional<ToldRow> told_member(database::Read& read, Viewer const& viewer, Id<Member> member) {
    require_self(viewer, member);
    return database::maybe<ToldRow>(read, told, bind("member", member));
}

std::optional<NoticeWay> chosen_way(database::Read& read, Viewer const& viewer, Id<Member> member,
                                    std::string_view kind) {
    require_self(viewer, member);
    return database::maybe<NoticeWay>(read, one_way, bind("member", member), bind("kind", kind));
}

std::map<std::string, NoticeWay> chosen_ways(database::Read& read, Viewer const& viewer,
                                             Id<Member> member) {
    require_self(viewer, member);
    std::map<std::string, NoticeWay> ways;
    for (auto& row : database::rows<WayRow>(read, all_ways, bind("member", member)))
        ways.emplace(std::move(row.kind), row.way);
    return ways;
}

void keep_wishes(database::Write& write, Id<Member> member, NoticeWishes const& wishes) {
    execute(write, keep, bind("member", member), bind("mail", wishes.mail),
            bind("wording", wishes.wording), bind("quiet_from", wishes.quiet.from.count()),
            bind("quiet_until", wishes.quiet.until.count()),
            bind("digest_at", wishes.digest_at.count()));
}

void keep_way(database::Write& write, Id<Member> member, std::string_view kind, NoticeWay way) {
    execute(write, keep_one_way, bind("member", member), bind("kind", kind), bind("way", way));
}

void set_mail(database::Write& write, Id<Member> member, bool mail) {
    auto const row = told_member(write, Viewer::server(), member);
    if (!row) return;
    auto wishes = row->wishes();
    wishes.mail = mail;
    keep_wishes(write, member, wishes);
}

}  // namespace kith::notify
