// What nobody has answered: the list, and the place where words that travelled are answered.
#include <algorithm>

#include "base/limits.hpp"
#include "distance/distance_link.hpp"
#include "talk/greeters.hpp"
#include "talk/waiting_store.hpp"
#include "web/respond.hpp"
#include "welcome/travelled_store.hpp"
#include "welcome/welcome_handlers.hpp"

namespace kith::welcome {

using web::Answer;
using web::Call;
using web::Outcome;

namespace {

TravelledWordsRow visible_words(Call const& call, database::Read& read) {
    auto row = find_travelled(read, call.viewer(), call.id());
    if (!row) throw Refusal::not_found();
    return *std::move(row);
}

/// Who reads along there, by name for the author.
std::string seen_by(Call const& call, TravelledWordsRow const& row) {
    if (!call.viewer().is(row.author))
        return call.say("welcome.answers_seen_by", {{"name", row.author_name}});
    std::string names;
    for (auto const& person : talk::who_reads(call.read(), call.viewer(), row.answers_id))
        names += (names.empty() ? "" : ", ") + person.name;
    return call.say(names.empty() ? "welcome.answers_seen_by_you" : "welcome.answers_seen_by_them",
                    {{"names", names}});
}

}  // namespace

std::optional<web::FirstWords> first_words_of(web::Site const& site, database::Read& read,
                                              std::string_view kind, PublicId const& discussion) {
    for (auto const& unanswered : site.unanswered)
        if (unanswered.kind == kind) return unanswered.first_words(read, discussion);
    return std::nullopt;
}

std::vector<WaitingItem> waiting_for(Call& call) {
    std::vector<WaitingItem> items;
    for (auto const& unanswered : call.site.unanswered)
        for (auto& words : unanswered.waiting(call))
            items.push_back({std::move(words.title),
                             std::move(words.url),
                             std::move(words.by),
                             std::move(words.where),
                             words.since,
                             {}});
    for (auto& row : travelled_to(call.read(), call.viewer())) {
        auto words = first_words_of(call.site, call.read(), row.kind, row.discussion_id);
        if (words)
            items.push_back({std::move(words->title),
                             talk::answers_url(row.answers_id),
                             std::move(row.author_name),
                             {},
                             row.begun_at,
                             {}});
    }
    std::ranges::stable_sort(items, {}, &WaitingItem::since);
    if (items.size() > limits::unanswered_listed_max) items.resize(limits::unanswered_listed_max);
    for (auto& item : items) item.waits = talk::since_words(call, item.since);
    return items;
}

Answer show_unanswered(Call& call) {
    UnansweredPage view;
    view.items = waiting_for(call);
    if (talk::own_greeting(call.read(), call.viewer())) view.greeting_url = greeting_path;
    if (call.viewer().at_least(Role::steward)) view.greeters_url = greeters_path;
    return web::respond(call, view,
                        {.title = call.say("welcome.unanswered"), .place = web::Place::today});
}

Answer show_travelled(Call& call) {
    auto const row = visible_words(call, call.read());
    auto words = first_words_of(call.site, call.read(), row.kind, row.discussion_id);
    if (!words) throw Refusal::not_found();
    TravelledPage view;
    view.id = row.answers_id;
    view.title = std::move(words->title);
    view.author =
        members::make_card(row.author_id, row.author_name, row.author_role, row.author_has_avatar);
    if (!row.author_has_page) view.author.url.clear();
    view.seen_by = seen_by(call, row);
    if (!words->content_note.empty()) view.content_note = std::move(words->content_note);
    view.body.text = std::move(words->html);
    view.begun_at = row.begun_at;
    view.own = call.viewer().is(row.author);
    if (!view.own) {
        view.distance_url = distance::distance_url(call, row.author_id, row.author_name, "/");
        view.folded =
            distance::folded_people(call.read(), call.viewer(), {row.author}).why(row.author);
    } else {
        view.home_url = std::move(words->url);
        view.take_back_url = talk::answers_url(row.answers_id) + "/take-back";
    }
    view.comments = talk::comments_view(call, row.answers, answers_pattern, view.seen_by);
    web::Head head{.title = view.title, .place = web::Place::today};
    head.live_url = view.comments->live_url;
    return web::respond(call, view, std::move(head));
}

Outcome act_answer(Call& call) {
    auto const row = visible_words(call, call.read());
    if (!first_words_of(call.site, call.read(), row.kind, row.discussion_id))
        throw Refusal::not_found();
    return talk::post_comment(call, row.answers);
}

Outcome act_take_back(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const row = visible_words(call, write);
        if (!call.viewer().is(row.author)) throw Refusal::not_found();
        talk::choose_patience(call.site, write, row.discussion, talk::Patience::stay);
        return web::done(call, "/", "welcome.said_taken_back");
    });
}

}  // namespace kith::welcome
