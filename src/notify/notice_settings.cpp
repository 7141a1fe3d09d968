#include "notify/notice_settings.hpp"

#include <algorithm>
#include <map>

#include "notify/bounces.hpp"
#include "notify/delivery.hpp"
#include "notify/notice_settings_store.hpp"
#include "notify/push_jobs.hpp"
#include "notify/push_store.hpp"
#include "web/respond.hpp"

namespace kith::notify {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view path = "/settings/notices";
using Ways = std::map<std::string, NoticeWay>;

/// "21:00"; a browser may add seconds.
std::optional<web::WallMinutes> time_of_day(std::string_view text) {
    auto const digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    bool const shaped = text.size() >= 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) &&
                        digit(4) && (text.size() == 5 || text[5] == ':');
    if (!shaped) return std::nullopt;
    auto const hours = (text[0] - '0') * 10 + (text[1] - '0');
    auto const minutes = (text[3] - '0') * 10 + (text[4] - '0');
    if (hours > 23 || minutes > 59) return std::nullopt;
    return web::WallMinutes(hours * 60 + minutes);
}

std::string text_of(web::WallMinutes minutes) {
    auto const two = [](auto value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return two(minutes.count() / 60) + ":" + two(minutes.count() % 60);
}

/// What the viewer may choose for; of their address they are always told in the app alone.
bool may_choose(Call const& call, web::NoticeKind const& kind) {
    return kind.name != address_refuses_notice && call.viewer().at_least(kind.least);
}

std::string group_title(Call const& call, std::string_view kind) {
    auto const key = "notify.group_" + std::string(kind.substr(0, kind.find('.')));
    return call.say(call.site.words.has(key) ? key : "notify.group_other");
}

WayOption option_of(Call const& call, std::string_view kind, std::string_view way, bool chosen) {
    return {std::string(kind) + "=" + std::string(way), call.say("notify.way_" + std::string(way)),
            chosen};
}

KindChoice choice_of(Call const& call, web::NoticeKind const& kind, NoticeWay way) {
    KindChoice choice;
    choice.kind = kind.name;
    choice.sentence = call.say(choice.kind + "_plain");
    choice.way = way;
    choice.options = {option_of(call, kind.name, "app", way == NoticeWay::app),
                      option_of(call, kind.name, "digest", way == NoticeWay::digest),
                      option_of(call, kind.name, "at_once", way == NoticeWay::at_once)};
    return choice;
}

std::vector<KindGroup> groups_of(Call const& call, Ways const& chosen) {
    std::vector<KindGroup> groups;
    for (auto const& kind : call.site.notice_kinds) {
        if (!may_choose(call, kind)) continue;
        auto const found = chosen.find(std::string(kind.name));
        auto const way = found == chosen.end() ? way_of(kind.by_default) : found->second;
        auto title = group_title(call, kind.name);
        auto group = std::ranges::find(groups, title, &KindGroup::title);
        if (group == groups.end()) {
            groups.push_back({std::move(title), {}});
            group = groups.end() - 1;
        }
        group->kinds.push_back(choice_of(call, kind, way));
    }
    return groups;
}

/// Each "kind=way" that names both; anything else is a mistake.
std::optional<Ways> ways_in(Call const& call, std::vector<std::string> const& lines) {
    Ways ways;
    for (auto const& line : lines) {
        auto const equals = std::min(line.find('='), line.size());
        auto const kind = line.substr(0, equals);
        auto const& kinds = call.site.notice_kinds;
        auto const found = std::ranges::find(kinds, kind, &web::NoticeKind::name);
        NoticeWay way{};
        bool const known = found != kinds.end() && may_choose(call, *found) &&
                           equals < line.size() && web::forms::read(line.substr(equals + 1), way);
        if (!known) return std::nullopt;
        ways[kind] = way;
    }
    return ways;
}

ToldRow told_self(Call const& call, database::Read& read) {
    auto told = told_member(read, call.viewer(), call.viewer().member);
    // Someone about to be erased is told nothing: there is nothing to choose.
    if (!told) throw Refusal::not_found();
    return *std::move(told);
}

Answer show_settings(Call& call) {
    auto const told = told_self(call, call.read());
    auto const wishes = told.wishes();
    auto ways = chosen_ways(call.read(), call.viewer(), told.member);
    bool const failed = call.failed(path);
    if (failed)
        if (auto const typed = ways_in(call, call.form.all("ways")))
            for (auto const& [kind, way] : *typed) ways[kind] = way;
    NoticeSettingsPage view;
    view.groups = groups_of(call, ways);
    view.mail = failed ? call.form.find("mail") != nullptr : wishes.mail;
    view.address = told.address;
    view.address_refuses =
        told.address && address_refuses(call.read(), call.viewer(), *told.address);
    view.wording = wishes.wording;
    if (failed) (void)web::forms::read(std::string(call.form.text("wording")), view.wording);
    view.digest_at = call.field(path, "digest_at", text_of(wishes.digest_at));
    view.quiet_from = call.field(path, "quiet_from", text_of(wishes.quiet.from));
    view.quiet_until = call.field(path, "quiet_until", text_of(wishes.quiet.until));
    view.zone = told.zone;
    view.seen_by = call.say("notify.seen_by");
    view.own_device = call.visitor.own_device;
    view.push_on = is_subscribed(call.read(), call.viewer(), call.visitor.session);
    view.push_key = push_public_key(call.site);
    return web::respond(call, view,
                        {.title = call.say("notify.settings_title"), .place = web::Place::you});
}

Outcome act_settings(Call& call) {
    auto const form = web::read_form<NoticeSettingsForm>(call.form);
    auto const ways = ways_in(call, form.ways);
    auto const digest_at = time_of_day(form.digest_at);
    auto const from = time_of_day(form.quiet_from);
    auto const until = time_of_day(form.quiet_until);
    web::Mistakes mistakes;
    mistakes.require(ways.has_value(), "ways", "notify.way_mistake");
    mistakes.require(digest_at.has_value(), "digest_at", "notify.time_mistake");
    mistakes.require(from.has_value(), "quiet_from", "notify.time_mistake");
    mistakes.require(until.has_value(), "quiet_until", "notify.time_mistake");
    mistakes.throw_if_any();
    NoticeWishes const wishes{form.mail, form.wording, {*from, *until}, *digest_at};
    return Outcome::deed([&call, wishes, ways = *ways](database::Write& write) {
        auto const member = told_self(call, write).member;
        keep_wishes(write, member, wishes);
        for (auto const& [kind, way] : ways) keep_way(write, member, kind, way);
        plan_anew(write, call.site, member);
        return web::done(call, std::string(path), "notify.said_saved");
    });
}

}  // namespace

std::vector<web::Route> notice_settings_routes() {
    return {
        web::get<NoticeSettingsPage>(path, Access::member, show_settings),
        web::before_agreement(
            web::post<NoticeSettingsForm>(path, Access::member, act_settings, show_settings)),
    };
}

}  // namespace kith::notify
