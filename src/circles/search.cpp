#include "circles/search.hpp"

#include "circles/search_store.hpp"
#include "talk/found_text.hpp"
#include "web/call.hpp"

namespace kith::circles {
namespace {

std::vector<web::FoundThing> circles_for(web::Call& call, web::SearchWish const& wish) {
    std::vector<web::FoundThing> things;
    for (auto& row : find_circles(call.read(), call.viewer(), call.language, wish)) {
        web::FoundThing thing;
        thing.entry = row.entry;
        thing.url = circle_url(row.public_id);
        thing.title = std::move(row.name);
        thing.snippet = database::snippet_of(row.purpose, wish.query);
        things.push_back(std::move(thing));
    }
    return things;
}

std::vector<web::FoundThing> conversations_for(web::Call& call, web::SearchWish const& wish) {
    std::vector<web::FoundThing> things;
    for (auto& row : find_conversations(call.read(), call.viewer(), call.language, wish)) {
        web::FoundThing thing;
        thing.entry = row.entry;
        thing.url = conversation_url(row.public_id);
        thing.title = std::move(row.title);
        thing.about = std::move(row.begun_by);
        thing.at = row.begun_at;
        if (!row.content_note.empty()) {
            thing.content_note = std::move(row.content_note);
        } else {
            thing.snippet = database::snippet_of(talk::text_without_quotes(row.html), wish.query);
        }
        things.push_back(std::move(thing));
    }
    return things;
}

}  // namespace

std::vector<web::SearchKind> search_kinds() {
    return {{.name = found_circles,
             .heading = "circles.found_heading",
             .for_members = true,
             .find = circles_for,
             .reindex = index_circles},
            {.name = found_conversations,
             .heading = "circles.found_conversations",
             .for_members = true,
             .find = conversations_for,
             .reindex = index_conversations}};
}

}  // namespace kith::circles
