#include "base/limits.hpp"
#include "talk/comment_views.hpp"
#include "talk/discussion_store.hpp"
#include "talk/folds.hpp"
#include "talk/kind_replies.hpp"
#include "talk/live_mark.hpp"
#include "talk/pictures.hpp"
#include "talk/polls.hpp"
#include "talk/quotes.hpp"
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

/// Where the page that is asked for begins, or ends.
struct AskedPage {
    PagePlace place;
    bool backwards = false;
};

constexpr std::string_view newest = "newest";

/// A cursor holds the comment after which a page begins, or (negative) before which it ends.
AskedPage asked_page(Call& call, DiscussionRow const& discussion) {
    auto const* cursor = call.query.find("comments");
    if (!cursor || cursor->empty()) return {};
    if (*cursor == newest) return {PagePlace::end(), true};
    auto const position =
        call.site.seal.position(call.viewer(), cursor_list(discussion.public_id), *cursor);
    if (!position) throw Refusal::malformed();
    bool const backwards = *position < 0;
    auto const place = place_of(call.read(), call.viewer(), discussion.id,
                                Id<Comment>{backwards ? -*position : *position});
    if (!place) throw Refusal::malformed();
    return {*place, backwards};
}

struct PageRows {
    std::vector<CommentRow> rows;
    bool earlier = false;  ///< there are some before these
    bool later = false;
};

PageRows page_rows(Call& call, Id<Discussion> discussion, AskedPage asked) {
    constexpr auto more = limits::page_items + 1;
    if (asked.backwards) {
        auto rows = comments_before(call.read(), call.viewer(), discussion, asked.place, more);
        if (rows.size() == more) {
            rows.erase(rows.begin());
            return {std::move(rows), true, asked.place != PagePlace::end()};
        }
        // The beginning is nearer than a page: then the page is the first.
        asked = {};
    }
    PageRows page{comments_after(call.read(), call.viewer(), discussion, asked.place, more)};
    page.earlier = asked.place != PagePlace{};
    page.later = page.rows.size() == more;
    if (page.later) page.rows.pop_back();
    return page;
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
    auto quote = asked_quote(call, discussion);
    composer.body = call.field(post_pattern, "body", std::move(quote.body));
    composer.content_note = call.field(post_pattern, "content_note", std::move(quote.content_note));
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
    add_picture_fields(call, post_pattern, composer);
    if (discussion.group) composer.poll = poll_fields(call, post_pattern);
    composer.read_by_distant = discussion.read_by_distant;
    composer.idempotency_key = call.once_key(post_pattern);
    return composer;
}

std::string live_url_for(Call const& call, DiscussionRow const& discussion) {
    return "/events?on=" + discussion.public_id.text() + "&since=" + live_mark(call, discussion);
}

std::vector<CommentRow> root_before(Call& call, DiscussionRow const& discussion,
                                    std::vector<CommentRow> const& rows) {
    if (rows.empty() || !rows.front().parent) return {};
    auto const root = *rows.front().parent;
    return comments_after(call.read(), call.viewer(), discussion.id,
                          {Id<Comment>{root.value - 1}, {}}, 1);
}

/// The ways to what stands before and after the page.
void add_ways(Call const& call, DiscussionRow const& discussion, PageRows const& page,
              CommentsView& view) {
    auto const cursor = [&](std::int64_t position) {
        return call.site.seal.cursor(call.viewer(), cursor_list(discussion.public_id), position);
    };
    auto const url = [&](std::string_view at) {
        return discussion.subject_path + "?comments=" + std::string(at) + "#comments";
    };
    if (page.earlier) view.first_url = discussion.subject_path + "#comments";
    if (page.earlier && !page.rows.empty()) {
        view.previous = cursor(-page.rows.front().id.value);
        view.previous_url = url(*view.previous);
    }
    if (page.later) {
        view.next = cursor(page.rows.back().id.value);
        view.next_url = url(*view.next);
        view.newest_url = url(newest);
    } else {
        view.live_url = live_url_for(call, discussion);
    }
}

}  // namespace

CommentsView comments_view(Call& call, Id<Discussion> discussion_id, std::string_view post_pattern,
                           std::string seen_by) {
    auto const discussion = find_discussion(call.read(), call.viewer(), discussion_id);
    if (!discussion) throw Refusal::not_found();
    bool const member = call.viewer().signed_in();
    bool const may_post =
        discussion->open_for_comments && (member || discussion->guests_may_comment);
    auto page = page_rows(call, discussion->id, asked_page(call, *discussion));
    CommentsView view;
    view.discussion = discussion->public_id;
    add_ways(call, *discussion, page, view);
    auto root = root_before(call, *discussion, page.rows);
    leave_out_gone_quotes(call.read(), call.viewer(), page.rows);
    leave_out_gone_quotes(call.read(), call.viewer(), root);
    add_pictures(call.read(), call.viewer(), page.rows);
    add_pictures(call.read(), call.viewer(), root);
    add_polls(call, *discussion, page.rows);
    add_polls(call, *discussion, root);
    fold_for(call.read(), call.viewer(), *discussion, page.rows);
    fold_for(call.read(), call.viewer(), *discussion, root);
    auto told = kind_told(call.read(), call.viewer(), page.rows);
    view.items =
        threads_of(std::move(page.rows), std::move(root), onlooker_of(call, *discussion, may_post));
    for (auto& thread : view.items) {
        show_kind_told(told, thread);
        for (auto& reply : thread.replies) show_kind_told(told, reply);
    }
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
