#include "base/limits.hpp"
#include "circles/circle_handlers.hpp"
#include "circles/conversation_parts.hpp"
#include "distance/distance_link.hpp"
#include "web/respond.hpp"

namespace kith::circles {

using web::Answer;
using web::Call;

namespace {

constexpr std::string_view cursor_name = "conversations";

/// Who reads what is said here, in exact words. In a circle where distance hides people, a number
/// would tell of it.
std::string seen_by(Call const& call, CircleRow const& circle, ConversationRow const& row) {
    if (!circle.small) return call.say("circles.seen_by_who_can_open", {{"name", circle.name}});
    if (row.readers == circle.members) return seen_by_circle(call, circle);
    return call.say("circles.seen_by_some", {{"readers", row.readers}, {"name", circle.name}});
}

/// What who began it asks for, beside the words about who reads the answer.
std::string composer_words(Call const& call, ConversationRow const& row, std::string seen) {
    std::string_view key;
    switch (row.asks_for) {
        case AsksFor::listening: key = "circles.asks_listening"; break;
        case AsksFor::ideas: key = "circles.asks_ideas"; break;
        case AsksFor::company: key = "circles.asks_company"; break;
        case AsksFor::nothing: return seen;
    }
    return std::move(seen) + " " + call.say(key, {{"name", row.author_name}});
}

ConversationActs acts_of(Call const& call, CircleRow const& circle, ConversationRow const& row) {
    ConversationActs acts;
    auto const url = conversation_url(row.public_id);
    bool const own = call.viewer().is(row.author);
    if (own) acts.withdraw_url = url + "/withdraw";
    if (circle.closed_at) return acts;
    if (own || circle.keeper)
        (row.closed ? acts.reopen_url : acts.close_url) = url + (row.closed ? "/reopen" : "/close");
    if (circle.keeper) {
        (row.pinned ? acts.unpin_url : acts.pin_url) = url + (row.pinned ? "/unpin" : "/pin");
        acts.slow_url = url + "/slow";
        acts.minutes = call.field(slow_pattern, "minutes", std::to_string(row.slow_minutes));
    }
    if (own)
        (row.open_to_later ? acts.close_to_later_url : acts.open_to_later_url) =
            url + (row.open_to_later ? "/close-to-later" : "/open-to-later");
    return acts;
}

void add_author(Call const& call, CircleRow const& circle, ConversationRow const& row,
                ConversationPage& view) {
    PersonRow const author{row.author,
                           row.author_id,
                           row.author_name,
                           row.author_role,
                           row.author_has_avatar,
                           row.author_has_page,
                           false,
                           {},
                           {}};
    auto person = person_view(call, author);
    view.begun_by = std::move(person.name);
    view.initials = std::move(person.initials);
    view.tint = std::move(person.tint);
    view.author_url = std::move(person.url);
    view.picture_url = std::move(person.picture_url);
    if (person.is_you) return;
    // In a circle where distance hides people, the conversation is gone with who began it.
    view.distance_url = distance::distance_url(call, row.author_id, row.author_name,
                                               circle.small ? view.url : view.circle_url);
    view.folded = distance::folded_people(call.read(), call.viewer(), {row.author}).why(row.author);
}

}  // namespace

Spoken spoken_in(Call const& call, database::Read& read) {
    auto row = find_conversation(read, call.viewer(), call.id());
    if (!row) throw Refusal::not_found();
    auto circle = find_circle(read, call.viewer(), row->circle, call.now());
    if (!circle || !circle->member) throw Refusal::not_found();
    return {*std::move(circle), *std::move(row)};
}

std::optional<Time> next_words_at(Call const& call, ConversationRow const& row) {
    if (row.slow_minutes == 0 || !row.spoke_at) return std::nullopt;
    auto const next = *row.spoke_at + std::chrono::minutes(row.slow_minutes);
    return next > call.now() ? std::optional(next) : std::nullopt;
}

Answer show_conversation(Call& call) {
    auto const [circle, row] = spoken_in(call, call.read());
    ConversationPage view;
    view.id = row.public_id;
    view.url = conversation_url(row.public_id);
    view.circle_name = circle.name;
    view.circle_url = circle_url(circle.public_id);
    view.title = row.title;
    view.seen_by = seen_by(call, circle, row);
    add_author(call, circle, row, view);
    view.begun_at = row.begun_at;
    view.asks_for = row.asks_for;
    if (!row.content_note.empty()) view.content_note = row.content_note;
    view.body.text = row.html;
    view.poll = talk::beginning_poll(call, row.discussion, view.content_note.has_value());
    view.pinned = row.pinned;
    view.closed = row.closed || circle.closed_at;
    view.open_to_later = row.open_to_later;
    view.slow_minutes = row.slow_minutes;
    view.next_words_at = next_words_at(call, row);
    view.acts = acts_of(call, circle, row);
    view.acts_any = circle.keeper || call.viewer().is(row.author);
    view.new_to_you = row.new_to_viewer;
    view.read = {view.url + "/read", row.last_comment};
    view.wait = talk::wait_view(call, row.discussion, view.url + "/patience");
    if (circle.closed_at) view.wait.reset();
    view.comments = talk::comments_view(call, row.discussion, comments_pattern,
                                        composer_words(call, row, view.seen_by));
    if (circle.closed_at) view.comments->composer.reset();
    web::Head head{.title = row.title, .place = web::Place::circles};
    head.live_url = view.comments->live_url;
    return web::respond(call, view, std::move(head));
}

Answer show_conversations(Call& call) {
    auto const circle = joined_circle(call, call.read());
    ConversationsPage view;
    view.circle_name = circle.name;
    view.circle_url = circle_url(circle.public_id);
    view.seen_by = seen_by_circle(call, circle);
    auto const url = view.circle_url + "/conversations";
    Id<Conversation> after;
    if (auto const cursor = call.query.text("after"); !cursor.empty())
        after.value = call.site.seal.position(call.viewer(), cursor_name, cursor).value_or(0);
    auto lines =
        conversations_in(call.read(), call.viewer(), circle.id, after, limits::page_items + 1);
    if (lines.size() > limits::page_items) {
        lines.pop_back();
        view.next = call.site.seal.cursor(call.viewer(), cursor_name, lines.back().id.value);
        view.next_url = url + "?after=" + *view.next;
    }
    if (after) view.first_url = url;
    view.conversations = conversation_items(call, lines);
    if (!circle.closed_at) view.begin_url = url + "/new";
    return web::respond(call, view,
                        {.title = call.say("circles.conversations"), .place = web::Place::circles});
}

Answer show_begin(Call& call) {
    auto const circle = joined_circle(call, call.read());
    if (circle.closed_at) throw Refusal::conflict("circles.is_closed");
    BeginPage view;
    view.circle_name = circle.name;
    view.circle_url = circle_url(circle.public_id);
    view.post_url = view.circle_url + "/conversations";
    view.seen_by = seen_by_circle(call, circle);
    view.read_by_distant = read_by_distant(call.read(), call.viewer(), circle);
    view.title = call.field(begin_pattern, "title");
    view.body = call.field(begin_pattern, "body");
    view.content_note = call.field(begin_pattern, "content_note");
    view.poll = talk::poll_fields(call, begin_pattern);
    auto patience = talk::Patience::stay;
    if (call.failed(begin_pattern))
        static_cast<void>(web::forms::read(std::string(call.form.text("patience")), patience));
    view.wait = talk::new_wait_view(call, patience, true);
    auto const* key = call.failed(begin_pattern) ? call.form.find("idempotency_key") : nullptr;
    if (call.failed(begin_pattern))
        static_cast<void>(web::forms::read(std::string(call.form.text("asks_for")), view.asks_for));
    view.idempotency_key = key && !key->empty() ? *key : PublicId::make(call.site.random).text();
    return web::respond(call, view,
                        {.title = call.say("circles.begin"), .place = web::Place::circles});
}

}  // namespace kith::circles
