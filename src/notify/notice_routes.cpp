#include "notify/notice_routes.hpp"

#include <limits>

#include "base/limits.hpp"
#include "notify/bounces.hpp"
#include "notify/notice_settings_store.hpp"
#include "notify/notice_store.hpp"
#include "notify/notice_views.hpp"
#include "notify/telling.hpp"
#include "web/moment.hpp"
#include "web/respond.hpp"
#include "web/zoned_time.hpp"

namespace kith::notify {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::NoFields;
using web::Outcome;

constexpr std::string_view older_list = "notices";
constexpr std::string_view seen_list = "notices seen";

Id<NoticeEntry> position_in(Call const& call, std::string_view list, std::string_view cursor) {
    auto const position = call.site.seal.position(call.viewer(), list, cursor);
    if (!position) throw Refusal::malformed();
    return {*position};
}

NoticeItem item_of(Call const& call, NoticeRow const& row) {
    NoticeItem item;
    item.id = row.public_id;
    // A watched screen shows nobody's name.
    item.sentence = call.visitor.discreet ? plain_sentence(call.site, call.language, row)
                                          : full_sentence(call.site, call.language, row);
    item.url = row.url;
    auto const own = "/notices/" + row.public_id.text();
    item.open_url = own + "/open";
    item.seen_url = own + "/seen";
    item.is_new = !row.seen_at;
    item.at = row.made_at;
    web::write_time_of_day(item.time, row.made_at, call.reading());
    return item;
}

std::string day_name(Call const& call, Time at) {
    auto const zone = call.reading().zone;
    auto const ago = web::wall_day(zone, call.now()) - web::wall_day(zone, at);
    if (ago.count() == 0) return call.say("notify.today");
    if (ago.count() == 1) return call.say("notify.yesterday");
    std::string date;
    web::write_date(date, at, call.reading());
    return date;
}

Answer show_notices(Call& call) {
    Id<NoticeEntry> before;
    if (auto const* cursor = call.query.find("before"))
        before = position_in(call, older_list, *cursor);
    auto rows = notices_of(call.read(), call.viewer(), before, limits::page_items + 1);
    NoticesPage view;
    if (rows.size() > limits::page_items) {
        rows.pop_back();
        view.next = call.site.seal.cursor(call.viewer(), older_list, rows.back().id.value);
        view.next_url = "/notices?before=" + *view.next;
    }
    auto const newest = rows.empty() ? 0 : rows.front().id.value;
    view.up_to = call.site.seal.cursor(call.viewer(), seen_list, newest);
    for (auto const& row : rows) {
        auto item = item_of(call, row);
        if (item.sentence.empty()) continue;
        view.anything_new |= item.is_new;
        auto day = day_name(call, row.made_at);
        if (view.days.empty() || view.days.back().day != day)
            view.days.push_back({std::move(day), {}});
        view.days.back().items.push_back(std::move(item));
    }
    auto const told = told_member(call.read(), call.viewer(), call.viewer().member);
    if (told && told->address)
        view.address_refuses = address_refuses(call.read(), call.viewer(), *told->address);
    return web::respond(call, view,
                        {.title = call.say("notify.notices"), .place = web::Place::you});
}

NoticeRow own_notice(Call const& call, database::Read& read) {
    auto notice = find_notice(read, call.viewer(), call.id());
    if (!notice) throw Refusal::not_found();
    return *std::move(notice);
}

Outcome act_open(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const notice = own_notice(call, write);
        mark_seen(write, call.viewer(), notice.id, call.now());
        return web::done(call, notice.url);
    });
}

Outcome act_seen(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        mark_seen(write, call.viewer(), own_notice(call, write).id, call.now());
        return web::done(call, "/notices");
    });
}

Outcome act_all_seen(Call& call) {
    auto const form = web::read_form<SeenForm>(call.form);
    Id<NoticeEntry> newest{std::numeric_limits<std::int64_t>::max()};
    if (!form.up_to.empty()) newest = position_in(call, seen_list, form.up_to);
    return Outcome::deed([&call, newest](database::Write& write) {
        mark_all_seen(write, call.viewer(), newest, call.now());
        return web::done(call, "/notices", "notify.said_all_seen");
    });
}

}  // namespace

std::vector<web::Route> notice_routes() {
    using web::before_agreement;
    return {
        web::get<NoticesPage>("/notices", Access::member, show_notices),
        before_agreement(web::post<SeenForm>("/notices/seen", Access::member, act_all_seen)),
        before_agreement(web::post<NoFields>("/notices/{id}/seen", Access::member, act_seen)),
        before_agreement(web::post<NoFields>("/notices/{id}/open", Access::member, act_open)),
    };
}

std::vector<web::TodayCard> notice_cards(Call& call) {
    if (!anything_new(call.read(), call.viewer())) return {};
    return {{call.say("notify.notices"),
             {call.say("notify.today_new")},
             "/notices",
             call.say("notify.today_open")}};
}

}  // namespace kith::notify
