#include "base/limits.hpp"
#include "circles/circle_handlers.hpp"
#include "circles/sharing_store.hpp"
#include "web/respond.hpp"

namespace kith::circles {

using web::Answer;
using web::Call;

namespace {

constexpr std::string_view cursor_name = "circles";

/// The circle after which the page begins; a cursor that isn't this viewer's shows the first page.
Id<Circle> page_begin(Call const& call) {
    auto const cursor = call.query.text("after");
    if (cursor.empty()) return {};
    return {call.site.seal.position(call.viewer(), cursor_name, cursor).value_or(0)};
}

void add_own(Call& call, CirclesPage& view) {
    auto const news = circles_with_news(call.read(), call.viewer());
    for (auto& row : own_circles(call.read(), call.viewer())) {
        CircleItem item;
        item.id = row.public_id;
        item.url = circle_url(row.public_id);
        item.name = std::move(row.name);
        item.purpose = std::move(row.purpose);
        item.kind = row.kind;
        item.kind_word = kind_word(call, row.kind);
        item.keeper = row.keeper;
        item.closed = row.closed;
        for (auto const& fresh : news)
            if (fresh.circle == row.public_id) item.new_to_you = true;
        view.own.push_back(std::move(item));
    }
    for (auto& row : invited_into(call.read(), call.viewer(), call.now())) {
        auto line = row.by_name ? call.say("circles.invited_by", {{"name", *row.by_name}})
                                : call.say("circles.invited");
        view.invited.push_back(
            {circle_url(row.circle), std::move(row.name), std::move(row.purpose), std::move(line)});
    }
    for (auto& row : removals_of(call.read(), call.viewer()))
        view.removals.push_back({std::move(row.circle_name), std::move(row.reason), row.removed_at,
                                 "/circles/removals/" + row.public_id.text() + "/put-away"});
}

CircleItem found_item(Call const& call, FoundCircleRow& row) {
    CircleItem item;
    item.id = row.public_id;
    item.url = circle_url(row.public_id);
    item.name = std::move(row.name);
    item.purpose = std::move(row.purpose);
    item.kind = row.kind;
    item.kind_word = kind_word(call, row.kind);
    item.full = row.full;
    if (row.in_common > 0)
        item.in_common =
            call.say("circles.in_common", {{"count", row.in_common}, {"words", row.common_words}});
    return item;
}

}  // namespace

Answer show_circles(Call& call) {
    auto const begin = page_begin(call);
    CirclesPage view;
    view.first = !begin;
    if (view.first) add_own(call, view);
    // One more than shown tells whether there is another page.
    auto rows = findable_circles(call.read(), call.viewer(), begin, limits::page_items + 1);
    if (rows.size() > limits::page_items) {
        rows.resize(limits::page_items);
        view.next = call.site.seal.cursor(call.viewer(), cursor_name, rows.back().id.value);
        view.next_url = "/circles?after=" + *view.next;
    }
    if (begin) view.first_url = "/circles";
    for (auto& row : rows) view.items.push_back(found_item(call, row));
    view.shares_any = !own_tags(call.read(), call.viewer()).empty();
    view.new_url = new_pattern;
    return web::respond(call, view,
                        {.title = call.say("circles.circles"), .place = web::Place::circles});
}

}  // namespace kith::circles
