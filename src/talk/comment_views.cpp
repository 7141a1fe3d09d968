#include "talk/comment_views.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "distance/distance_link.hpp"

namespace kith::talk {
namespace {

/// A place that is kept for the replies under it: nothing of what stood there, nor of who wrote it.
CommentView place_only(CommentView view) {
    view.name.clear();
    view.author.reset();
    view.guest = false;
    view.html.text.clear();
    view.pictures.clear();
    view.poll.reset();
    view.content_note.reset();
    view.edited = false;
    view.history_url.reset();
    view.quote_is_gone = false;
    view.folded_for.reset();
    view.folded = distance::Folded::no;
    view.reply_url.reset();
    view.quote_url.reset();
    view.kind = KindReply::none;
    view.own = view.may_hold = false;
    return view;
}

CommentView bare_view_of(CommentRow&& row) {
    CommentView view;
    view.id = std::move(row.public_id);
    view.url = "/comments/" + view.id.text();
    view.at = row.created_at;
    view.edited = row.edited_at.has_value();
    if (view.edited) view.history_url = view.url + "/history";
    view.html.text = std::move(row.html);
    view.pictures = std::move(row.pictures);
    view.quote_is_gone = row.quote_is_gone;
    view.folded_for = std::move(row.folded_for);
    view.folded = row.folded;
    view.content_note = std::move(row.content_note);
    view.poll = std::move(row.poll);
    if (view.poll) view.poll->folded = view.folded_for || view.content_note;
    if (row.member_id) {
        view.author =
            members::make_card(*row.member_id, *std::move(row.member_name),
                               row.member_role.value_or(Role::member), row.member_has_avatar);
        view.name = view.author->name;
    } else {
        view.guest = true;
        view.name = std::move(row.guest_name).value_or(std::string());
    }
    return view;
}

/// Where the onlooker can keep distance from who wrote this. They go on to the page that they were
/// on, unless it is the other's own and distance takes it out of their sight.
std::string distance_url(Onlooker const& onlooker, members::MemberCard const& author,
                         bool of_subject) {
    auto& known = onlooker.distance_urls;
    auto const same = [&](auto const& one) { return one.first == author.id; };
    auto const found = std::find_if(known.begin(), known.end(), same);
    if (found != known.end()) return found->second;
    auto const& discussion = *onlooker.discussion;
    bool const stays = !of_subject || discussion.small_circle;
    auto url = distance::distance_url(*onlooker.call, author.id, author.name,
                                      stays ? discussion.subject_path + "#talk" : "/");
    return known.emplace_back(author.id, std::move(url)).second;
}

bool has_words(Standing standing) {
    return standing != Standing::taken_back && standing != Standing::put_aside;
}

}  // namespace

SeenComment seen_comment(web::Call& call, database::Read& read) {
    auto comment = find_comment(read, call.viewer(), call.id());
    auto const in = comment ? comment->discussion : Id<Discussion>{};
    auto discussion = find_discussion(read, call.viewer(), in);
    if (!comment || !discussion) throw Refusal::not_found();
    return {*std::move(comment), *std::move(discussion)};
}

Onlooker onlooker_of(web::Call const& call, DiscussionRow const& discussion, bool may_reply) {
    auto const reply_path = may_reply ? std::string_view(discussion.subject_path) : "";
    return {call.viewer(), reply_path, discussion.group.has_value(), &call, &discussion, {}};
}

CommentView view_of(CommentRow row, PublicId const& root, Onlooker const& onlooker) {
    bool const own = row.author && onlooker.viewer.is(*row.author);
    auto const standing = standing_of(row.state, own);
    // The same rule as the page's own: a name that leads nowhere would say that it is hidden. In a
    // small circle none leads there, since it would have to end for whoever is kept at a distance.
    bool const small = onlooker.discussion && onlooker.discussion->small_circle;
    bool const page_is_seen =
        onlooker.viewer.signed_in() && ((row.member_has_page && !small) || own);
    bool const of_subject = onlooker.discussion && row.author == onlooker.discussion->author;
    auto reason = std::move(row.reason);
    auto const kind = row.kind;
    auto view = bare_view_of(std::move(row));
    view.standing = standing;
    // Pictures are for members: a stranger would be shown a missing one.
    if (view.author && !onlooker.viewer.signed_in()) view.author->avatar_url.reset();
    if (view.author && !page_is_seen) view.author->url.clear();
    if (!has_words(standing)) return place_only(std::move(view));
    bool const published = standing == Standing::published;
    view.own = own;
    view.kind = kind;
    view.may_hold =
        published && !own && !onlooker.in_group && onlooker.viewer.at_least(Role::steward);
    if (published && !onlooker.reply_path.empty()) {
        auto& reply = view.reply_url.emplace();
        auto& quote = view.quote_url.emplace();
        // Room for what follows, at once: an id is PublicId::length characters.
        reply.reserve(onlooker.reply_path.size() + 40);
        quote.reserve(onlooker.reply_path.size() + 80);
        reply.append(onlooker.reply_path).append("?reply=").append(root.text());
        quote.append(reply).append("&quote=").append(view.id.text()).append("#reply");
        reply.append("#reply");
        // A guest has no account to be told by.
        if (onlooker.viewer.signed_in() && !own && view.author) view.kind_url = view.url + "/kind";
    }
    if (onlooker.discussion && onlooker.viewer.signed_in() && !own && view.author)
        view.distance_url = distance_url(onlooker, *view.author, of_subject);
    if (standing == Standing::refused) view.reason = std::move(reason);
    return view;
}

CommentView neutral_view_of(CommentRow row) {
    auto const standing = standing_of(row.state, false);
    bool const has_page = row.member_has_page;
    auto view = bare_view_of(std::move(row));
    view.standing = standing;
    if (view.author && !has_page) view.author->url.clear();
    return has_words(standing) ? view : place_only(std::move(view));
}

std::vector<CommentThread> threads_of(std::vector<CommentRow> rows,
                                      std::vector<CommentRow> first_root,
                                      Onlooker const& onlooker) {
    std::vector<CommentThread> threads;
    threads.reserve(rows.size() + first_root.size());
    auto const begin_thread = [&](CommentRow& row) {
        auto const root = row.public_id;
        threads.push_back({view_of(std::move(row), root, onlooker), {}});
    };
    for (auto& root : first_root) begin_thread(root);
    for (auto& row : rows) {
        if (!row.parent) {
            begin_thread(row);
        } else if (!threads.empty()) {
            auto& thread = threads.back();
            thread.replies.push_back(view_of(std::move(row), thread.id, onlooker));
        }
    }
    return threads;
}

std::string cursor_list(PublicId const& discussion) { return "comments " + discussion.text(); }

std::string path_of_comment(web::Call& call, database::Read& read, CommentRow const& comment,
                            std::string_view subject_path, PublicId const& discussion,
                            std::string_view said) {
    std::string path(subject_path);
    PagePlace const place{comment.parent.value_or(comment.id), comment.id};
    auto const before =
        comments_before(read, call.viewer(), comment.discussion, place, limits::page_items);
    bool const later_page = before.size() == limits::page_items;
    if (later_page) {
        auto const begin = before[before.size() - 1 - limits::page_items_before_linked].id;
        path += "?comments=" +
                call.site.seal.cursor(call.viewer(), cursor_list(discussion), begin.value);
    }
    if (!said.empty()) path.append(later_page ? "&said=" : "?said=").append(said);
    return path + "#c-" + comment.public_id.text();
}

}  // namespace kith::talk
