#include "members/search.hpp"

#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "members/profile.hpp"
#include "members/search_store.hpp"
#include "web/call.hpp"

namespace kith::members {
namespace {

web::FoundThing shown(web::Call const& call, web::SearchWish const& wish, FoundMemberRow&& row) {
    web::FoundThing thing;
    thing.entry = row.entry;
    thing.url = "/members/" + row.public_id.text();
    thing.title = std::move(row.name);
    thing.about = std::move(row.pronouns);
    if (auto const role = role_sentence(call, row.role))
        thing.about += (thing.about.empty() ? "" : ", ") + *role;
    thing.snippet = database::snippet_of(
        plain_text_of_markdown(row.about, limits::about_characters_max), wish.query);
    return thing;
}

std::vector<web::FoundThing> find(web::Call& call, web::SearchWish const& wish) {
    std::vector<web::FoundThing> things;
    for (auto& row : find_members(call.read(), call.viewer(), call.language, wish))
        things.push_back(shown(call, wish, std::move(row)));
    return things;
}

}  // namespace

web::SearchKind search_kind() {
    return {.name = found_members,
            .heading = "members.found_heading",
            .for_members = true,
            .find = find,
            .reindex = index_members};
}

}  // namespace kith::members
