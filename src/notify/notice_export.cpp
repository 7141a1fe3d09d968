#include "notify/notice_export.hpp"

#include "notify/notice_settings_store.hpp"
#include "notify/notice_store.hpp"
#include "notify/telling.hpp"

namespace kith::notify {
namespace {

struct ExportedNotice {
    std::string sentence;
    std::string where;
    Time told_at{};
    std::optional<Time> seen_at;
};
BOOST_DESCRIBE_STRUCT(ExportedNotice, (), (sentence, where, told_at, seen_at))

struct ExportedWay {
    std::string kind;
    NoticeWay way = NoticeWay::digest;
};
BOOST_DESCRIBE_STRUCT(ExportedWay, (), (kind, way))

struct ExportedNotices {
    bool mail = true;
    Wording wording = Wording::neutral;
    std::int64_t quiet_from_minutes = 0;
    std::int64_t quiet_until_minutes = 0;
    std::int64_t digest_at_minutes = 0;
    std::vector<ExportedWay> ways;
    std::vector<ExportedNotice> notices;
};
BOOST_DESCRIBE_STRUCT(ExportedNotices, (),
                      (mail, wording, quiet_from_minutes, quiet_until_minutes, digest_at_minutes,
                       ways, notices))

}  // namespace

void export_notices(web::Site& site, database::Read& read, Id<Member> member,
                    web::Archive& archive) {
    auto const server = Viewer::server();
    ExportedNotices view;
    auto const told = told_member(read, server, member);
    auto const wishes = told ? told->wishes() : NoticeWishes{};
    auto const language = told ? told->language : std::string("en");
    view.mail = wishes.mail;
    view.wording = wishes.wording;
    view.quiet_from_minutes = wishes.quiet.from.count();
    view.quiet_until_minutes = wishes.quiet.until.count();
    view.digest_at_minutes = wishes.digest_at.count();
    for (auto const& [kind, way] : chosen_ways(read, server, member))
        view.ways.push_back({kind, way});
    for (auto const& notice : all_notices_of(read, server, member))
        view.notices.push_back({full_sentence(site, language, notice),
                                site.settings.public_url + notice.url, notice.made_at,
                                notice.seen_at});
    archive.add("notices", site.words.say(language, "notify.export_title"), view);
}

}  // namespace kith::notify
