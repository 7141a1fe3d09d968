#include "notify/telling.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <stdexcept>

#include "base/limits.hpp"
#include "base/text.hpp"
#include "notify/notice_settings_store.hpp"

namespace kith::notify {
namespace {

web::NoticeKind const& kind_called(web::Site const& site, std::string_view name) {
    auto const& kinds = site.notice_kinds;
    auto const found = std::ranges::find(kinds, name, &web::NoticeKind::name);
    if (found == kinds.end())
        throw std::logic_error("no slice declares the notice " + std::string(name));
    return *found;
}

std::string written(std::vector<std::pair<std::string, std::string>> const& arguments) {
    boost::json::object object;
    for (auto const& [name, value] : arguments)
        object[name] = first_code_points(value, limits::notice_argument_characters_max);
    return boost::json::serialize(object);
}

using Arguments = std::vector<std::pair<std::string, std::string>>;

Arguments arguments_of(NoticeRow const& notice) {
    Arguments arguments;
    if (notice.sender_name) arguments.emplace_back("name", *notice.sender_name);
    boost::system::error_code broken;
    auto const value = boost::json::parse(notice.arguments, broken);
    if (broken || !value.is_object()) return arguments;
    for (auto const& [name, text] : value.get_object())
        if (text.is_string() && !(notice.sender_name && name == "name"))
            arguments.emplace_back(name, text.get_string());
    return arguments;
}

}  // namespace

void tell(database::Write& write, web::Site& site, web::Notice notice) {
    auto const& kind = kind_called(site, notice.kind);
    if (notice.from == notice.to || !notice.to) return;
    if (notice.url.size() > limits::notice_url_bytes_max || !notice.url.starts_with('/'))
        throw std::logic_error("a notice leads to a path of this site");
    auto const now = site.now();
    auto const told = told_member(write, Viewer::server(), notice.to);
    auto const chosen = chosen_way(write, Viewer::server(), notice.to, kind.name);
    NoticeToAdd add;
    add.public_id = PublicId::make(site.random);
    add.member = notice.to;
    add.kind = kind.name;
    add.url = std::move(notice.url);
    add.arguments = written(notice.arguments);
    add.about = std::move(notice.about);
    if (!notice.place.empty()) add.place = std::move(notice.place);
    add.sender = notice.from;
    add.people = std::move(notice.beneath);
    if (notice.from) add.people.push_back(*notice.from);
    // Of one's own words one is told as well.
    std::erase(add.people, notice.to);
    add.way = chosen.value_or(way_of(kind.by_default));
    add.due_at = told ? due_at(add.way, told->wishes(), told->zone, now) : now;
    add.at = now;
    add.rested = told && told->resting;
    add_notice(write, add);
}

void untell(database::Write& write, web::Site&, std::string_view kind, std::string_view about) {
    remove_unseen(write, kind, about);
}

void forget_told(database::Write& write, web::Site&, std::string_view place,
                 std::optional<Id<Member>> member) {
    remove_of_place(write, place, member);
}

std::string full_sentence(web::Site const& site, std::string const& language,
                          NoticeRow const& notice) {
    if (!site.words.has(notice.kind)) return {};
    return site.words.say(language, notice.kind, arguments_of(notice));
}

std::string plain_sentence(web::Site const& site, std::string const& language,
                           NoticeRow const& notice) {
    auto const key = notice.kind + "_plain";
    return site.words.has(key) ? site.words.say(language, key) : std::string();
}

void light_lamp(web::Call& call, web::Shell& shell) {
    if (call.viewer().signed_in()) shell.something_new = anything_new(call.read(), call.viewer());
}

void forget_old_notices(web::Site& site) {
    site.database.write_now([&](database::Write& write) {
        forget_notices(write, site.now() - limits::notice_age_max);
    });
}

}  // namespace kith::notify
