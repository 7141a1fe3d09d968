#include "essays/search.hpp"

#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "essays/search_store.hpp"
#include "web/call.hpp"

namespace kith::essays {
namespace {

web::FoundThing shown(web::SearchWish const& wish, FoundEssayRow&& row) {
    web::FoundThing thing;
    thing.entry = row.entry;
    thing.url = essay_url(row.slug);
    thing.title = std::move(row.title);
    thing.about = std::move(row.author_name);
    thing.at = row.published_at;
    if (!row.content_note.empty()) {
        thing.content_note = std::move(row.content_note);
    } else {
        auto text = plain_text_of_markdown(row.markdown, limits::snippet_bytes_read);
        if (!row.summary.empty()) text = row.summary + "\n" + text;
        thing.snippet = database::snippet_of(text, wish.query);
    }
    return thing;
}

std::vector<web::FoundThing> find(web::Call& call, web::SearchWish const& wish) {
    std::vector<web::FoundThing> things;
    for (auto& row : find_essays(call.read(), call.viewer(), call.language, wish))
        things.push_back(shown(wish, std::move(row)));
    return things;
}

}  // namespace

web::SearchKind search_kind() {
    return {.name = found_essays,
            .heading = "essays.found_heading",
            .find = find,
            .reindex = index_essays};
}

}  // namespace kith::essays
