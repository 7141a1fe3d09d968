#include "talk/review.hpp"

#include "base/limits.hpp"
#include "talk/discussion_store.hpp"
#include "talk/live.hpp"
#include "talk/pictures.hpp"
#include "talk/review_store.hpp"
#include "talk/tell.hpp"
#include "web/respond.hpp"

namespace kith::talk {
namespace {

using web::Answer;
using web::Call;

constexpr std::string_view review_list = "comments to review";

ReviewItem item_of(Call& call, HeldRow row) {
    ReviewItem item;
    auto const url = "/comments/" + row.public_id.text();
    item.release_url = url + "/release";
    item.refuse_url = url + "/refuse";
    item.subject_path = std::move(row.subject_path);
    // Only the one whose form just failed shows what was typed.
    if (call.failed(refuse_pattern) && call.parameter("id") == row.public_id.text())
        item.reason = call.field(refuse_pattern, "reason");
    // To whoever reviews it, it is an ordinary comment.
    row.state = State::published;
    item.comment = neutral_view_of(with_pictures(call.read(), call.viewer(), std::move(row)));
    return item;
}

/// Tells whoever reads along what a steward has decided; on pages of those who may see it.
void announce_decision(Call& call, database::Write& write, CommentRow const& comment,
                       LiveKind kind) {
    auto const posting = find_for_posting(write, Viewer::server(), comment.discussion);
    if (!posting) return;
    announce(call.site, write, news_place(*posting), kind, comment,
             parent_of(write, call.viewer(), comment), call.now());
}

HeldRow waiting_comment(Call& call, database::Read& read) {
    auto row = held_comment(read, call.viewer(), call.id());
    if (!row) throw Refusal::not_found();
    return *std::move(row);
}

Answer held(Call& call, database::Write& write) {
    auto row = find_comment(write, call.viewer(), call.id());
    if (!row || row->state != State::published || (row->author && call.viewer().is(*row->author)))
        throw Refusal::not_found();
    auto const discussion = find_discussion(write, call.viewer(), row->discussion);
    // Stewards at large would read there what was said to a circle.
    if (!discussion || discussion->group) throw Refusal::not_found();
    set_state(write, row->id, State::held);
    add_decision(write, row->id, call.viewer(), Decision::hold, "", call.now());
    row->state = State::held;
    announce_decision(call, write, *row, LiveKind::removed);
    untell_comment(call.site, write, *row);
    return web::done(call, discussion->subject_path + "#comments", "talk.said_put_aside");
}

Answer released(Call& call, database::Write& write) {
    auto const waiting = waiting_comment(call, write);
    CommentRow row = static_cast<CommentRow const&>(waiting);
    set_state(write, row.id, State::published);
    add_decision(write, row.id, call.viewer(), Decision::release, "", call.now());
    row.state = State::published;
    announce_decision(call, write, with_pictures(write, call.viewer(), row), LiveKind::returned);
    tell_of_decision(call.site, write, row, row.state);
    if (auto const posting = find_for_posting(write, Viewer::server(), row.discussion))
        tell_of_comment(call.site, write, *posting, row);
    return web::done(call, "/review", "talk.said_released");
}

Answer refused(Call& call, database::Write& write, std::string const& reason) {
    auto const row = waiting_comment(call, write);
    set_state(write, row.id, State::refused);
    add_decision(write, row.id, call.viewer(), Decision::refuse, reason, call.now());
    tell_of_decision(call.site, write, row, State::refused);
    return web::done(call, "/review", "talk.said_refused");
}

}  // namespace

Answer show_review(Call& call) {
    Id<Comment> after;
    if (auto const* cursor = call.query.find("after")) {
        auto const position = call.site.seal.position(call.viewer(), review_list, *cursor);
        if (!position) throw Refusal::malformed();
        after.value = *position;
    }
    auto rows = held_comments(call.read(), call.viewer(), after, limits::review_items + 1);
    ReviewPage view;
    if (rows.size() > limits::review_items) {
        rows.pop_back();
        view.next = call.site.seal.cursor(call.viewer(), review_list, rows.back().id.value);
        view.next_url = "/review?after=" + *view.next;
    }
    for (auto& row : rows) view.items.push_back(item_of(call, std::move(row)));
    return web::respond(call, view,
                        web::Head{.title = call.say("talk.review_title"), .wide = true});
}

web::Outcome act_hold(Call& call) {
    return web::Outcome::deed([&call](database::Write& write) { return held(call, write); });
}

web::Outcome act_release(Call& call) {
    return web::Outcome::deed([&call](database::Write& write) { return released(call, write); });
}

web::Outcome act_refuse(Call& call) {
    auto form = web::read_form<RefuseForm>(call.form);
    static_cast<void>(waiting_comment(call, call.read()));
    web::Mistakes mistakes;
    mistakes.required("reason", form.reason)
        .max("reason", form.reason, limits::decision_reason_characters_max);
    mistakes.throw_if_any();
    return web::Outcome::deed([&call, reason = web::trimmed(form.reason)](database::Write& write) {
        return refused(call, write, reason);
    });
}

std::vector<web::TodayCard> today_cards(Call& call) {
    if (!call.viewer().at_least(Role::steward)) return {};
    auto const waiting = held_count(call.read(), call.viewer(), limits::page_items);
    if (waiting == 0) return {};
    return {{call.say("talk.today_review"),
             {call.say("talk.today_review_line", {{"count", waiting}})},
             "/review",
             call.say("talk.today_review_action")}};
}

}  // namespace kith::talk
