#include "base/limits.hpp"
#include "essays/essay_handlers.hpp"
#include "essays/feed.hpp"
#include "members/community.hpp"
#include "web/respond.hpp"

namespace kith::essays {
namespace {

FeedEntry entry_of(web::Call const& call, EssayText& essay) {
    FeedEntry entry;
    entry.id = essay.public_id;
    entry.url = call.site.settings.public_url + essay_url(essay.slug);
    entry.title = essay.title;
    entry.author = essay.author_name;
    entry.published_at = essay.published_at.value_or(essay.edited_at);
    entry.edited_at = essay.edited_at;
    if (essay.content_note.empty()) {
        entry.summary = essay.summary.empty() ? essay.excerpt : essay.summary;
        entry.html = std::move(essay.html);
    } else {
        // A reader of feeds folds nothing: the note stands there, and the text on its page.
        entry.summary = call.say("essays.content_note_term") + " " + essay.content_note;
    }
    return entry;
}

}  // namespace

web::Answer show_feed(web::Call& call) {
    auto const community = members::community(call.read());
    Feed feed;
    feed.title = community.name;
    feed.language = community.language;
    feed.site_url = call.site.settings.public_url;
    feed.path = "/feed.atom";
    feed.page_path = "/essays";
    for (auto& essay : newest_texts(call.read(), call.viewer(), limits::feed_items))
        feed.entries.push_back(entry_of(call, essay));
    return web::raw("application/atom+xml; charset=utf-8", atom_of(feed));
}

}  // namespace kith::essays
