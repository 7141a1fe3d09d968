#include "base/limits.hpp"
#include "essays/essay_handlers.hpp"
#include "essays/essay_views.hpp"
#include "web/respond.hpp"

namespace kith::essays {

using web::Answer;
using web::Call;

namespace {

constexpr std::string_view cursor_name = "essays";

/// The essay after which the page begins; a cursor that isn't this viewer's shows the first page.
Id<Essay> page_begin(Call const& call) {
    auto const cursor = call.query.text("after");
    if (cursor.empty()) return {};
    auto const position = call.site.seal.position(call.viewer(), cursor_name, cursor);
    return {position.value_or(0)};
}

}  // namespace

EssayItem essay_item(Call const& call, EssayLine const& essay) {
    EssayItem item;
    item.id = essay.public_id;
    item.url = essay_url(essay.slug);
    item.title = essay.title.empty() ? call.say("essays.untitled") : essay.title;
    item.summary = essay.summary.empty() ? essay.excerpt : essay.summary;
    if (!essay.content_note.empty()) item.content_note = essay.content_note;
    item.state = essay.state;
    item.audience = essay.audience;
    item.reading_minutes = essay.reading_minutes;
    item.at = essay.published_at.value_or(essay.edited_at);
    item.author = author_view(call, essay);
    item.picture = picture_view(essay);
    item.muted = essay.muted;
    return item;
}

Answer show_essays(Call& call) {
    auto const begin = page_begin(call);
    // One more than shown tells whether there is another page.
    auto lines = list_essays(call.read(), call.viewer(), begin, limits::page_items + 1);
    EssaysPage view;
    if (lines.size() > limits::page_items) {
        lines.resize(limits::page_items);
        view.next = call.site.seal.cursor(call.viewer(), cursor_name, lines.back().id.value);
        view.next_url = "/essays?after=" + *view.next;
    }
    if (begin) view.first_url = "/essays";
    for (auto const& line : lines) view.items.push_back(essay_item(call, line));
    if (call.viewer().signed_in() && !begin) {
        for (auto const& line : list_unpublished(call.read(), call.viewer())) {
            auto item = essay_item(call, line);
            item.url += "/edit";
            item.at = line.edited_at;
            view.own.push_back(std::move(item));
        }
        view.own_any = !view.own.empty();
    }
    if (call.visitor.may_write_essays) view.new_url = "/essays/new";
    view.feed_url = "/feed.atom";
    web::Head head{.title = call.say("essays.reading"), .place = web::Place::essays};
    head.description = call.say("essays.reading_lead");
    head.feed_url = view.feed_url;
    head.for_search_engines = !begin;
    head.canonical = "/essays";
    return web::respond(call, view, std::move(head));
}

}  // namespace kith::essays
