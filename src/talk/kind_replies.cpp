#include "talk/kind_replies.hpp"

#include <algorithm>

#include "talk/comment_views.hpp"
#include "talk/kind_replies_store.hpp"
#include "talk/tell.hpp"
#include "web/respond.hpp"

namespace kith::talk {
namespace {

using web::Answer;
using web::Call;

Answer given(Call& call, database::Write& write, KindReply kind) {
    auto const seen = seen_comment(call, write);
    // To themselves or to a guest nobody says it: no page offers that.
    bool const to_member = seen.comment.author && !call.viewer().is(*seen.comment.author);
    if (!to_member || seen.comment.state != State::published) throw Refusal::not_found();
    if (!seen.discussion.open_for_comments) throw Refusal::conflict("talk.closed");
    give_kind_reply(write, seen.comment.id, call.viewer().member, kind, call.now());
    tell_of_kind_reply(call.site, write, seen.discussion.author, seen.comment,
                       {call.viewer().member, call.visitor.member_id});
    return web::done(call, "/comments/" + seen.comment.public_id.text(), "talk.said_kind");
}

Answer taken_back(Call& call, database::Write& write) {
    // Taking back always works; whether the comment is missing or hidden is not told by it.
    take_back_kind_reply(write, call.id(), call.viewer().member);
    untell_kind_reply(call.site, write, call.id(), {call.viewer().member, call.visitor.member_id});
    auto const comment = find_comment(write, call.viewer(), call.id());
    auto const in = comment ? comment->discussion : Id<Discussion>{};
    if (!find_discussion(write, call.viewer(), in)) return web::done(call, "/");
    return web::done(call, "/comments/" + call.id().text(), "talk.said_kind_back");
}

KindFrom& group_of(std::vector<KindFrom>& groups, KindReply kind) {
    auto const found = std::ranges::find(groups, kind, &KindFrom::kind);
    if (found != groups.end()) return *found;
    return groups.emplace_back(KindFrom{kind, {}});
}

}  // namespace

web::Outcome act_kind(Call& call) {
    auto const form = web::read_form<KindForm>(call.form);
    if (form.kind == KindReply::none) throw Refusal::malformed();
    return web::Outcome::deed(
        [&call, kind = form.kind](database::Write& write) { return given(call, write, kind); });
}

web::Outcome act_kind_back(Call& call) {
    return web::Outcome::deed([&call](database::Write& write) { return taken_back(call, write); });
}

std::vector<KindTold> kind_told(database::Read& read, Viewer const& viewer,
                                std::vector<CommentRow> const& rows) {
    std::vector<Id<Comment>> own;
    std::vector<KindTold> told;
    for (auto const& row : rows) {
        if (!row.author || !viewer.is(*row.author) || row.state != State::published) continue;
        own.push_back(row.id);
        told.push_back({row.public_id, {}});
    }
    if (own.empty()) return told;
    for (auto const& reply : kind_replies_to(read, viewer, own)) {
        auto const place = std::ranges::find(own, reply.comment) - own.begin();
        auto& names = group_of(told[static_cast<std::size_t>(place)].from, reply.kind).names;
        if (!names.empty()) names += ", ";
        names += reply.name;
    }
    return told;
}

void show_kind_told(std::vector<KindTold>& told, CommentView& view) {
    auto const found = std::ranges::find(told, view.id, &KindTold::comment);
    if (found != told.end()) view.kind_from = std::move(found->from);
}

}  // namespace kith::talk
