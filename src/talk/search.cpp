#include "talk/search.hpp"

#include "talk/found_text.hpp"
#include "talk/search_store.hpp"
#include "web/call.hpp"

namespace kith::talk {
namespace {

web::FoundThing shown(web::Call const& call, web::SearchWish const& wish, FoundCommentRow&& row) {
    web::FoundThing thing;
    thing.entry = row.entry;
    thing.url = "/comments/" + row.public_id.text();
    auto const name = row.member_name ? *row.member_name : row.guest_name.value_or("");
    thing.title = call.say("talk.found_by", {{"name", name}});
    thing.at = row.created_at;
    thing.content_note = std::move(row.content_note);
    if (!thing.content_note)
        thing.snippet = database::snippet_of(text_without_quotes(row.html), wish.query);
    return thing;
}

std::vector<web::FoundThing> find(web::Call& call, web::SearchWish const& wish) {
    std::vector<web::FoundThing> things;
    for (auto& row : find_comments(call.read(), call.viewer(), call.language, wish))
        things.push_back(shown(call, wish, std::move(row)));
    return things;
}

}  // namespace

web::SearchKind search_kind() {
    return {.name = found_comments,
            .heading = "talk.found_heading",
            .find = find,
            .reindex = index_comments};
}

}  // namespace kith::talk
