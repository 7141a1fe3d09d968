#include "bonds/ladder_store.hpp"
#include "bonds/limits.hpp"
#include "bonds/wishes_store.hpp"
#include "bonds/wishes_views.hpp"
#include "notify/missed_store.hpp"
#include "notify/telling.hpp"
#include "web/respond.hpp"

namespace kith::bonds {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::NoFields;
using web::Outcome;

Answer show_rest(Call& call) {
    RestPage view;
    auto const rest = rest_of(call.read(), call.viewer());
    view.resting = rest.has_value();
    if (rest) {
        view.since = rest->since;
        view.until = rest->until;
    }
    view.missed_any = notify::anything_missed(call.read(), call.viewer());
    view.seen_by = call.say("bonds.seen_by_you");
    return web::respond(call, view, {.title = call.say("bonds.rest"), .place = web::Place::you});
}

Outcome act_rest(Call& call) {
    auto const form = web::read_form<RestForm>(call.form);
    web::Mistakes mistakes;
    mistakes.require(form.days >= 0 && form.days <= limits::rest_days_max, "days",
                     "bonds.rest_days_mistake");
    mistakes.throw_if_any();
    return Outcome::deed([&call, form](database::Write& write) {
        std::optional<Time> until;
        if (form.days > 0) until = call.now() + std::chrono::hours(24 * form.days);
        begin_rest(write, call.viewer(), call.now(), until);
        return web::done(call, "/rest", "bonds.said_resting");
    });
}

Outcome act_come_back(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        end_rest(write, call.viewer());
        return web::done(call, "/rest/missed", "bonds.said_back_again");
    });
}

/// Who or what a thing belongs to: its circle, else its person, else the house.
std::string group_of(Call const& call, notify::MissedRow const& row) {
    // A watched screen shows nobody's name.
    if (call.visitor.discreet) return call.say("bonds.missed_here");
    if (!row.place.empty()) return row.place;
    return row.notice.sender_name.value_or(call.say("bonds.missed_here"));
}

/// The groups in the order of their newest; of each a few lines.
class Missed {
public:
    void add(std::string title, MissedItem item) {
        auto group = std::find_if(groups_.begin(), groups_.end(),
                                  [&](Group const& one) { return one.shown.title == title; });
        if (group == groups_.end()) {
            if (groups_.size() == limits::missed_groups_max) {
                more_ = true;
                return;
            }
            groups_.push_back({{std::move(title), {}, {}}, 0});
            group = groups_.end() - 1;
        }
        if (group->shown.items.size() < limits::missed_lines_max)
            group->shown.items.push_back(std::move(item));
        else
            ++group->more;
    }
    [[nodiscard]] bool more() const { return more_; }
    [[nodiscard]] std::vector<MissedGroup> shown(Call const& call) {
        std::vector<MissedGroup> result;
        for (auto& group : groups_) {
            if (group.more > 0)
                group.shown.more = call.say("bonds.missed_more", {{"count", group.more}});
            result.push_back(std::move(group.shown));
        }
        return result;
    }

private:
    struct Group {
        MissedGroup shown;
        std::int64_t more = 0;
    };
    std::vector<Group> groups_;
    bool more_ = false;
};

Answer show_missed(Call& call) {
    Missed missed;
    auto rows = notify::missed_by(call.read(), call.viewer(), limits::missed_read_max + 1);
    bool const cut = rows.size() > limits::missed_read_max;
    if (cut) rows.pop_back();
    for (auto const& row : rows) {
        auto sentence = call.visitor.discreet
                            ? notify::plain_sentence(call.site, call.language, row.notice)
                            : notify::full_sentence(call.site, call.language, row.notice);
        if (sentence.empty()) continue;
        missed.add(group_of(call, row),
                   {std::move(sentence), "/notices/" + row.notice.public_id.text() + "/open",
                    row.notice.made_at});
    }
    MissedPage view;
    view.groups = missed.shown(call);
    view.any = !view.groups.empty();
    view.more_groups = cut || missed.more();
    view.seen_by = call.say("bonds.seen_by_you");
    return web::respond(call, view, {.title = call.say("bonds.missed"), .place = web::Place::you});
}

Outcome act_put_away(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        notify::put_missed_away(write, call.viewer(), call.now());
        return web::done(call, "/", "bonds.said_put_away");
    });
}

}  // namespace

std::vector<web::Route> rest_routes() {
    return {
        web::get<RestPage>("/rest", Access::member, show_rest),
        before_agreement(web::post<RestForm>("/rest", Access::member, act_rest, show_rest)),
        before_agreement(web::post<NoFields>("/rest/end", Access::member, act_come_back)),
    };
}

std::vector<web::Route> missed_routes() {
    return {
        web::get<MissedPage>("/rest/missed", Access::member, show_missed),
        before_agreement(web::post<NoFields>("/rest/missed", Access::member, act_put_away)),
    };
}

std::vector<web::TodayCard> bonds_cards(Call& call) {
    std::vector<web::TodayCard> cards;
    auto const offers = offers_to(call.read(), call.viewer(), call.now());
    bool const resting = rest_of(call.read(), call.viewer()).has_value();
    bool const missed = notify::anything_missed(call.read(), call.viewer());
    // Nobody has to answer an offer: it waits at the side.
    if (!offers.empty())
        cards.push_back({call.say("bonds.today_offer"),
                         {call.say("bonds.today_offer_line")},
                         "/bonds",
                         call.say("bonds.today_offer_go"),
                         web::TodaySection::side});
    if (missed && !resting)
        cards.push_back({call.say("bonds.missed"),
                         {call.say("bonds.today_missed_line")},
                         "/rest/missed",
                         call.say("bonds.today_missed_go"),
                         web::TodaySection::news});
    return cards;
}

}  // namespace kith::bonds
