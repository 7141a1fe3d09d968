#include "talk/own_comment.hpp"

#include "members/community.hpp"
#include "talk/comment_views.hpp"
#include "talk/discussion_store.hpp"
#include "talk/folds.hpp"
#include "talk/kind_replies.hpp"
#include "talk/live.hpp"
#include "talk/pictures.hpp"
#include "talk/polls.hpp"
#include "talk/post_comment.hpp"
#include "talk/quotes.hpp"
#include "talk/tell.hpp"
#include "web/respond.hpp"

namespace kith::talk {
namespace {

using web::Answer;
using web::Call;

/// The comment for its author alone, who may also have lost sight of the discussion.
CommentRow own_comment(Call& call, database::Read& read) {
    auto comment = find_comment(read, call.viewer(), call.id());
    if (!comment || !comment->author || !call.viewer().is(*comment->author))
        throw Refusal::not_found();
    return *std::move(comment);
}

/// Tells whoever listens what became of a comment that others could see.
void announce_change(Call& call, database::Write& write, PostingRow const& posting,
                     CommentRow const& comment, LiveKind kind) {
    announce(call.site, write, news_place(posting), kind, comment,
             parent_of(write, call.viewer(), comment), call.now());
}

bool are_words_open(Call const& call, database::Read& read, CommentRow const& comment) {
    return words_are_open(comment.state, comment.created_at, call.now(),
                          members::community(read).comment_edit_hours);
}

Answer edited(Call& call, database::Write& write, CheckedWords const& words) {
    auto comment = own_comment(call, write);
    auto const source = source_of(write, call.viewer(), comment.id);
    bool const same_words = source == words.markdown;
    auto const location = "/comments/" + comment.public_id.text();
    if (!same_words && !are_words_open(call, write, comment))
        throw Refusal::conflict("talk.edit_over");
    if (same_words && comment.content_note == words.content_note)
        return web::done(call, location, "talk.said_edited");
    auto const posting = find_for_posting(write, call.viewer(), comment.discussion);
    if (!posting) throw Refusal::not_found();
    auto const before = comment.state;
    HoldPolicy const policy{posting->hold_first_comments, posting->hold_links};
    Standpoint const author{call.viewer().role, posting->published_before};
    auto const state = state_after_edit(before, policy, author, words.html);
    note_quotes(write, call.viewer(), comment.discussion, comment.id, words.html);
    change(write, comment, words.markdown, words.html, words.content_note, state, call.now());
    comment.html = words.html;
    comment.content_note = words.content_note;
    comment.edited_at = call.now();
    comment.state = state;
    comment.poll = poll_for_all(write, comment.id);
    if (before == State::published) {
        auto const kind = state == State::published ? LiveKind::edited : LiveKind::removed;
        announce_change(call, write, *posting, with_pictures(write, call.viewer(), comment), kind);
    }
    return web::done(call, location, state == State::held ? "talk.said_held" : "talk.said_edited");
}

Answer taken_back(Call& call, database::Write& write) {
    auto comment = own_comment(call, write);
    auto const before = comment.state;
    auto const posting = find_for_posting(write, call.viewer(), comment.discussion);
    take_back(write, comment.id);
    untell_comment(call.site, write, comment);
    // Taking back always works, even where its author may no longer read.
    if (!posting) return web::done(call, "/");
    comment.state = State::deleted;
    comment.html.clear();
    comment.content_note.reset();
    if (before == State::published)
        announce_change(call, write, *posting, comment, LiveKind::removed);
    return web::done(call, posting->subject_path + "#comments", "talk.said_taken_back");
}

}  // namespace

Answer show_comment(Call& call) {
    auto found = seen_comment(call, call.read());
    if (call.wants_json) {
        std::vector<CommentRow> rows{std::move(found.comment)};
        leave_out_gone_quotes(call.read(), call.viewer(), rows);
        add_pictures(call.read(), call.viewer(), rows);
        add_polls(call, found.discussion, rows);
        fold_for(call.read(), call.viewer(), found.discussion, rows);
        auto told = kind_told(call.read(), call.viewer(), rows);
        auto const root = rows.front().public_id;
        auto view =
            view_of(std::move(rows.front()), root, onlooker_of(call, found.discussion, false));
        show_kind_told(told, view);
        return web::respond(call, view, {});
    }
    auto const said = call.query.text("said");
    bool const ours = said.find(".said_") != std::string_view::npos && call.site.words.has(said);
    return web::done(
        call, path_of_comment(call, call.read(), found.comment, found.discussion.subject_path,
                              found.discussion.public_id, ours ? said : std::string_view()));
}

Answer show_edit(Call& call) {
    auto const comment = own_comment(call, call.read());
    EditPage view;
    auto const url = "/comments/" + comment.public_id.text();
    view.edit_url = url + "/edit";
    view.delete_url = url + "/delete";
    view.back_url = url;
    auto source = source_of(call.read(), call.viewer(), comment.id).value_or("");
    if (are_words_open(call, call.read(), comment))
        view.body = call.field(edit_pattern, "body", std::move(source));
    else
        view.words.text = comment.html;
    view.content_note = call.field(edit_pattern, "content_note", comment.content_note.value_or(""));
    return web::respond(call, view, web::Head{.title = call.say("talk.edit_title")});
}

web::Outcome act_edit(Call& call) {
    auto const form = web::read_form<EditForm>(call.form);
    // Whose it is comes first: a mistake must not tell that there is something to edit.
    auto const comment = own_comment(call, call.read());
    auto const body =
        form.body ? *form.body
                  : source_of(call.read(), call.viewer(), comment.id).value_or(std::string());
    web::Mistakes mistakes;
    check_words(mistakes, body, form.content_note);
    mistakes.throw_if_any();
    return web::Outcome::deed([&call, words = render_words(body, form.content_note)](
                                  database::Write& write) { return edited(call, write, words); });
}

web::Outcome act_delete(Call& call) {
    return web::Outcome::deed([&call](database::Write& write) { return taken_back(call, write); });
}

}  // namespace kith::talk
