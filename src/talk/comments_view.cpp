#include "base/limits.hpp"
#include "talk/comment_views.hpp"
#include "talk/discussion_store.hpp"
#include "talk/talk.hpp"

namespace kith::talk {
namespace {

using web::Call;

/// "/essays/{slug}/comments" with what this call's path has in those places.
std::string filled(Call const& call, std::string_view pattern) {
    std::string url;
    while (!pattern.empty()) {
        auto const open = std::min(pattern.find('{'), pattern.size());
        url += pattern.substr(0, open);
        pattern.remove_prefix(open);
        if (pattern.empty()) break;
        auto const close = pattern.find('}');
        url += web::url_encode(call.parameter(std::string(pattern.substr(1, close - 1))));
        pattern.remove_prefix(close + 1);
    }
    return url;
}

PageStart asked_start(Call& call, DiscussionRow const& discussion) {
    auto const* cursor = call.query.find("comments");
    if (!cursor || cursor->empty()) return {};
    auto const position =
        call.site.seal.position(call.viewer(), cursor_list(discussion.public_id), *cursor);
    if (!position) throw Refusal::malformed();
    auto const place = place_of(call.read(), call.viewer(), discussion.id, Id<Comment>{*position});
    if (!place) throw Refusal::malformed();
    return *place;
}

/// The comment that the form answers: what the link said, or what was just typed into it.
std::optional<ReplyTo> asked_reply(Call& call, DiscussionRow const& discussion,
                                   std::string_view post_pattern) {
    auto const* asked =
        call.failed(post_pattern) ? call.form.find("parent") : call.query.find("reply");
    auto const id = asked ? PublicId::parse(*asked) : std::nullopt;
    if (!id) return std::nullopt;
    auto const comment = find_comment(call.read(), call.viewer(), *id);
    if (!comment || comment->discussion != discussion.id || comment->state != State::published)
        return std::nullopt;
    auto view = neutral_view_of(*comment);
    return ReplyTo{view.id, view.name};
}

Composer composer_for(Call& call, DiscussionRow const& discussion, std::string_view post_pattern) {
    Composer composer;
    composer.post_url = filled(call, post_pattern);
    composer.body = call.field(post_pattern, "body");
    composer.content_note = call.field(post_pattern, "content_note");
    composer.reply_to = asked_reply(call, discussion, post_pattern);
    composer.cancel_url = discussion.subject_path + "#reply";
    composer.audience = discussion.audience;
    composer.as_guest = !call.viewer().signed_in();
    if (composer.as_guest) {
        composer.name = call.field(post_pattern, "name");
        composer.email = call.field(post_pattern, "email");
        return composer;
    }
    composer.as_name = call.visitor.name;
    composer.idempotency_key = call.once_key(post_pattern);
    return composer;
}

std::string live_url_for(DiscussionRow const& discussion) {
    auto url = "/events?on=" + discussion.public_id.text();
    if (discussion.last_event) url += "&since=" + discussion.last_event->text();
    return url;
}

std::vector<CommentRow> root_before(Call& call, DiscussionRow const& discussion,
                                    std::vector<CommentRow> const& rows) {
    if (rows.empty() || !rows.front().parent) return {};
    auto const root = *rows.front().parent;
    PageStart const just_before{root, Id<Comment>{root.value - 1}};
    return comments_page(call.read(), call.viewer(), discussion.id, just_before, 1);
}

}  // namespace

CommentsView comments_view(Call& call, Id<Discussion> discussion_id, std::string_view post_pattern,
                           std::string seen_by) {
    auto const discussion = find_discussion(call.read(), call.viewer(), discussion_id);
    if (!discussion) throw Refusal::not_found();
    bool const member = call.viewer().signed_in();
    bool const may_post =
        discussion->open_for_comments && (member || discussion->guests_may_comment);
    auto const start = asked_start(call, *discussion);
    auto rows =
        comments_page(call.read(), call.viewer(), discussion->id, start, limits::page_items + 1);
    CommentsView view;
    view.discussion = discussion->public_id;
    if (rows.size() > limits::page_items) {
        rows.pop_back();
        view.next = call.site.seal.cursor(call.viewer(), cursor_list(discussion->public_id),
                                          rows.back().id.value);
        view.next_url = discussion->subject_path + "?comments=" + *view.next + "#comments";
    } else {
        view.live_url = live_url_for(*discussion);
    }
    if (start.after) view.first_url = discussion->subject_path + "#comments";
    auto root = root_before(call, *discussion, rows);
    view.items = threads_of(
        std::move(rows), std::move(root),
        {call.viewer(), may_post ? std::string_view(discussion->subject_path) : std::string_view(),
         discussion->group.has_value()});
    if (may_post) {
        view.composer = composer_for(call, *discussion, post_pattern);
        view.composer->seen_by = std::move(seen_by);
    }
    if (discussion->open_for_comments && !member) {
        view.sign_in_url = std::string(call.site.hooks.sign_in_path) +
                           "?then=" + web::url_encode(discussion->subject_path);
    }
    return view;
}

}  // namespace kith::talk
