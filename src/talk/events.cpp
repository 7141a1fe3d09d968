#include "talk/events.hpp"

#include "base/limits.hpp"
#include "talk/discussion_store.hpp"
#include "talk/folds.hpp"
#include "talk/live.hpp"
#include "talk/live_mark.hpp"
#include "talk/pictures.hpp"
#include "talk/polls.hpp"
#include "talk/quotes.hpp"
#include "web/live_subscription.hpp"

namespace kith::talk {
namespace {

using web::Call;

/// The event after which the listener wants to be told, 0 for all; nothing where it isn't known:
/// the last that they heard themselves, else where their page stopped.
std::optional<Id<LiveEvent>> heard_until(Call& call, database::Read& read,
                                         DiscussionRow const& discussion) {
    auto heard = call.request.header("last-event-id");
    if (heard.empty()) heard = call.query.text("after");
    if (!heard.empty()) {
        auto const id = PublicId::parse(heard);
        return id ? live_event(read, call.viewer(), discussion.id, *id) : std::nullopt;
    }
    auto const mark = call.query.text("since");
    return mark.empty() ? Id<LiveEvent>{} : marked_event(call, discussion, mark);
}

/// The change as the viewer would see it now; none when there is nothing left to tell.
std::optional<LiveChange> change_now(database::Read& read, Viewer const& viewer,
                                     DiscussionRow const& discussion, LiveEventRow const& event) {
    if (event.kind == LiveKind::removed) {
        CommentRow gone;
        gone.public_id = event.comment_id;
        gone.state = State::deleted;
        return live_change(event.kind, std::move(gone), event.parent_id);
    }
    auto row = find_comment(read, viewer, event.comment);
    if (!row || row->state != State::published) return std::nullopt;
    std::vector<CommentRow> rows{*std::move(row)};
    leave_out_gone_quotes(read, viewer, rows);
    add_pictures(read, viewer, rows);
    rows.front().poll = poll_for_all(read, rows.front().id);
    fold_for(read, viewer, discussion, rows);
    return live_change(event.kind, std::move(rows.front()), event.parent_id);
}

std::vector<web::LiveMessage> missed(Call& call, database::Read& read,
                                     DiscussionRow const& discussion) {
    auto const after = heard_until(call, read, discussion);
    if (!after) return {reload_message()};
    auto const events = live_events_after(read, call.viewer(), discussion.id, *after,
                                          limits::live_events_missed_max + 1);
    if (events.size() > limits::live_events_missed_max) return {reload_message()};
    std::vector<web::LiveMessage> messages;
    // What an earlier stream read from the database may be told only now: no more than can wait.
    for (auto const& had : live_events_until(read, call.viewer(), discussion.id, *after,
                                             limits::stream_messages_waiting_max))
        messages.push_back({had.text(), nullptr});
    for (auto const& event : events)
        if (auto const change = change_now(read, call.viewer(), discussion, event))
            messages.push_back(live_message(call.site, call.reading(), event.public_id, *change));
    return messages;
}

}  // namespace

web::Answer show_events(Call& call) {
    auto const asked = PublicId::parse(call.query.text("on"));
    auto const discussion = find_discussion(call.read(), call.viewer(), asked.value_or(PublicId()));
    if (!discussion) throw Refusal::not_found();
    auto subscription =
        call.site.live.subscribe(call.viewer(), {topic_of(discussion->public_id, call.language)});
    // A transaction begun after the subscription: what is committed before it is read here, what
    // is committed later is heard. This call's own began earlier and would leave a gap.
    auto told = call.site.database.read([&](database::Read& read) {
        // A session that ended after this call was recognised ended no stream that wasn't yet
        // there: this one ends, and its browser comes back as who it is now.
        auto const now = call.site.hooks.recognise(call.site, read, call.request, call.now());
        if (now.viewer != call.viewer()) {
            subscription->end();
            return std::vector<web::LiveMessage>{};
        }
        if (!call.site.nodes->alone()) {
            auto const last = last_event_of(read, Viewer::server(), discussion->id);
            call.site.nodes->follow(*subscription, discussion->id.value, last.value);
        }
        return missed(call, read, *discussion);
    });
    web::Answer answer;
    answer.headers.emplace_back("content-type", "text/event-stream");
    answer.stream = web::EventStream{std::move(subscription), std::move(told)};
    return answer;
}

}  // namespace kith::talk
