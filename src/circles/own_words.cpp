#include "circles/own_words.hpp"

#include "base/limits.hpp"
#include "circles/conversations_store.hpp"
#include "circles/entry_store.hpp"
#include "circles/erasure_store.hpp"
#include "circles/membership_store.hpp"
#include "circles/sharing_store.hpp"
#include "circles/tell.hpp"
#include "talk/group_words.hpp"

namespace kith::circles {
namespace {

/// Why the member was taken out of a circle.
struct ExportedRemoval {
    std::string circle;
    Time removed_at{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ExportedRemoval, (), (circle, removed_at, reason))

/// What a member takes away of their circles.
struct ExportedCircles {
    std::vector<OwnMembershipRow> circles;
    std::vector<OwnConversationRow> conversations;
    std::vector<OwnRequestRow> asked;
    std::vector<ExportedRemoval> removals;
    std::vector<Tag> shares;
    bool shows_to_circles = false;
};
BOOST_DESCRIBE_STRUCT(ExportedCircles, (),
                      (circles, conversations, asked, removals, shares, shows_to_circles))

void add_card(std::vector<web::TodayCard>& cards, web::TodayCard card) {
    if (!card.lines.empty()) cards.push_back(std::move(card));
}

/// Who said something last, and where, in the circle's newest conversations.
std::vector<std::string> new_lines(web::Call& call, PublicId const& id) {
    auto const circle = find_circle(call.read(), call.viewer(), id, call.now());
    if (!circle) return {};
    constexpr std::size_t conversations_looked_at = 6;
    constexpr std::size_t lines_max = 2;
    std::vector<std::string> lines;
    for (auto const& line :
         conversations_in(call.read(), call.viewer(), circle->id, {}, conversations_looked_at))
        if (line.new_to_viewer && lines.size() < lines_max)
            lines.push_back(
                call.say("circles.today_new_line",
                         {{"name", line.last_by.value_or(line.begun_by)}, {"title", line.title}}));
    if (lines.empty()) lines.push_back(call.say("circles.today_news"));
    return lines;
}

/// The circles in which something is new; who is in none is told of a way to find one.
void add_news(web::Call& call, std::vector<web::TodayCard>& cards) {
    web::TodayCard card;
    card.section = web::TodaySection::news;
    if (own_circles(call.read(), call.viewer()).empty()) {
        card.title = call.say("circles.today_none");
        card.lines = {call.say("circles.today_none_line")};
        card.url = "/circles";
        card.action = call.say("circles.today_find");
        cards.push_back(std::move(card));
        return;
    }
    for (auto& row : circles_with_news(call.read(), call.viewer())) {
        card.title = std::move(row.name);
        card.lines = new_lines(call, row.circle);
        card.url = circle_url(row.circle);
        card.action = call.say("circles.today_open");
        cards.push_back(card);
    }
}

}  // namespace

std::vector<web::TodayCard> today_cards(web::Call& call) {
    std::vector<web::TodayCard> cards;
    web::TodayCard invited{
        call.say("circles.today_invited"), {}, "/circles", call.say("circles.today_look")};
    for (auto& row : invited_into(call.read(), call.viewer(), call.now()))
        invited.lines.push_back(std::move(row.name));
    add_card(cards, std::move(invited));
    web::TodayCard asked{
        call.say("circles.today_asked"), {}, "/circles", call.say("circles.today_answer")};
    for (auto& row : circles_asked(call.read(), call.viewer())) {
        // With one circle the way on leads there at once.
        asked.url =
            asked.lines.empty() ? circle_url(row.circle) + "/requests" : std::string("/circles");
        asked.lines.push_back(std::move(row.name));
    }
    add_card(cards, std::move(asked));
    web::TodayCard removed{
        call.say("circles.today_removed"), {}, "/circles", call.say("circles.today_look")};
    for (auto& row : removals_of(call.read(), call.viewer()))
        removed.lines.push_back(std::move(row.circle_name));
    add_card(cards, std::move(removed));
    add_news(call, cards);
    return cards;
}

void export_own(web::Site& site, database::Read& read, Id<Member> member, web::Archive& archive) {
    Viewer const self{member, Role::member};
    ExportedCircles view;
    view.circles = memberships_of(read, Viewer::server(), member);
    view.conversations = conversations_of(read, Viewer::server(), member);
    view.asked = requests_of(read, Viewer::server(), member);
    for (auto& row : removals_of(read, self))
        view.removals.push_back(
            {std::move(row.circle_name), row.removed_at, std::move(row.reason)});
    view.shares = own_tags(read, self);
    view.shows_to_circles = shows_tags(read, self);
    archive.add("circles", site.words.say("en", "circles.export_title"), view);
}

void erase_own(database::Write& write, Id<Member> member) {
    for (auto const discussion : discussions_begun(write, Viewer::server(), member)) {
        talk::set_audience(write, discussion, talk::Audience::nobody, false);
        talk::drop_beginning_poll(write, discussion);
    }
    erase_member(write, member);
}

namespace {

/// Whoever is there longest keeps it; where nobody may, it closes.
void settle_keepers(web::Site& site, database::Write& write) {
    for (auto const& circle : circles_without_keeper(write, Viewer::server())) {
        if (give_to_longest_standing(write, circle.id)) continue;
        close_circle(write, circle.id, site.now(), site.now() + limits::circle_closed_time);
        talk::close_group(write, circle.group);
        tell_of_closing(site, write, circle);
    }
}

}  // namespace

void tidy(web::Site& site) {
    site.database.write_now([&](database::Write& write) {
        forget_old_entries(write, site.now());
        settle_keepers(site, write);
    });
    auto const due = site.database.read(
        [&](database::Read& read) { return circles_to_erase(read, Viewer::server(), site.now()); });
    for (auto const& circle : due)
        site.database.write_now([&](database::Write& write) {
            web::forget_told(write, site, talk::told_in(circle.group));
            erase_circle(write, circle);
            talk::erase_group(write, circle.group);
        });
}

}  // namespace kith::circles
