#include "search/search_page.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "web/respond.hpp"

namespace kith::search {
namespace {

using database::LastWord;
using web::Call;
using web::SearchKind;

/// A question as this page goes through it.
struct Question {
    std::string text;
    database::SearchQuery query;
};

/// One page of one kind.
struct Found {
    std::vector<web::FoundThing> things;
    std::optional<std::string> next;
};

std::string search_url(Question const& question, std::string_view kind) {
    auto url = "/search?q=" + web::url_encode(question.text);
    if (!kind.empty()) url.append("&kind=").append(kind);
    return url;
}

/// A cursor is of one question, and of how its last word was looked for.
std::string list_of(Question const& question, SearchKind const& kind, LastWord last) {
    return (last == LastWord::begun ? "search begun " : "search ") + std::string(kind.name) + " " +
           question.text;
}

/// The place where the page begins; whatever isn't a cursor of this question is the first page.
void go_to_cursor(Call const& call, Question const& question, SearchKind const& kind,
                  web::SearchWish& wish) {
    auto const* const cursor = call.query.find("after");
    if (cursor == nullptr) return;
    for (auto const last : {LastWord::whole, LastWord::begun}) {
        auto const list = list_of(question, kind, last);
        auto const position = call.site.seal.position(call.viewer(), list, *cursor);
        if (!position) continue;
        wish.before = *position;
        wish.last = last;
    }
}

Found find(Call& call, Question const& question, SearchKind const& kind, std::size_t at_most) {
    web::SearchWish wish{.query = question.query};
    wish.at_most = at_most + 1;
    auto const from_the_first = wish.before;
    go_to_cursor(call, question, kind, wish);
    Found found{kind.find(call, wish), {}};
    // Words that are found plenty are meant as they stand; else they may be beginnings.
    if (wish.before == from_the_first && question.query.last_may_go_on &&
        found.things.size() <= at_most) {
        wish.last = LastWord::begun;
        found.things = kind.find(call, wish);
    }
    if (found.things.size() > at_most) {
        found.things.resize(at_most);
        found.next = call.site.seal.cursor(call.viewer(), list_of(question, kind, wish.last),
                                           found.things.back().entry);
    }
    return found;
}

FoundKind shown(Call const& call, SearchKind const& kind, std::vector<web::FoundThing>&& things) {
    FoundKind view{std::string(kind.name), call.say(kind.heading), {}, {}};
    for (auto& thing : things) {
        bool const has_snippet = !thing.snippet.empty();
        view.items.push_back({std::move(thing.url), std::move(thing.title),
                              std::move(thing.content_note), std::move(thing.snippet), has_snippet,
                              std::move(thing.about), thing.at});
    }
    return view;
}

void show_one(Call& call, Question const& question, SearchKind const& kind, SearchPage& view) {
    auto found = find(call, question, kind, limits::search_items);
    view.next = found.next;
    if (found.next) view.next_url = search_url(question, kind.name) + "&after=" + *found.next;
    if (call.query.find("after") != nullptr) view.first_url = search_url(question, kind.name);
    if (!found.things.empty()) view.found.push_back(shown(call, kind, std::move(found.things)));
}

void show_each(Call& call, Question const& question, std::vector<SearchKind const*> const& kinds,
               SearchPage& view) {
    for (auto const* const kind : kinds) {
        auto found = find(call, question, *kind, limits::search_items_of_each);
        if (found.things.empty()) continue;
        view.found.push_back(shown(call, *kind, std::move(found.things)));
        if (found.next) view.found.back().all_url = search_url(question, kind->name);
    }
}

std::vector<SearchKind const*> kinds_for(Call const& call) {
    std::vector<SearchKind const*> kinds;
    for (auto const& kind : call.site.search)
        if (!kind.for_members || call.viewer().signed_in()) kinds.push_back(&kind);
    return kinds;
}

}  // namespace

web::Answer show_search(Call& call) {
    Question question;
    question.text = web::trimmed(call.query.text("q"));
    question.query = database::parse_search(question.text);
    // What goes beyond the limit isn't carried from page to page.
    question.text = first_code_points(question.text, limits::search_characters_max);
    SearchPage view;
    view.q = question.text;
    view.asked = !question.query.empty();
    view.only_without = question.query.empty() && !question.query.without.empty();
    view.cut = question.query.cut;
    auto const kinds = kinds_for(call);
    SearchKind const* chosen = nullptr;
    for (auto const* const kind : kinds)
        if (kind->name == call.query.text("kind")) chosen = kind;
    if (chosen != nullptr) view.kind = chosen->name;
    if (chosen != nullptr) view.everything_url = search_url(question, {});
    view.choices.push_back({call.say("search.everything"), search_url(question, {}), !chosen});
    for (auto const* const kind : kinds)
        view.choices.push_back(
            {call.say(kind->heading), search_url(question, kind->name), kind == chosen});
    if (view.asked && chosen != nullptr) show_one(call, question, *chosen, view);
    if (view.asked && chosen == nullptr) show_each(call, question, kinds, view);
    return web::respond(call, view, {.title = call.say("search.title")});
}

}  // namespace kith::search
