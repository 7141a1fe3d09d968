#include "talk/post_comment.hpp"

#include "base/email.hpp"
#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "base/text.hpp"
#include "members/sessions.hpp"
#include "talk/comment_views.hpp"
#include "talk/live.hpp"
#include "talk/pictures.hpp"
#include "talk/polls.hpp"
#include "talk/quotes.hpp"
#include "talk/search_store.hpp"
#include "talk/tell.hpp"
#include "web/respond.hpp"

namespace kith::talk {
namespace {

using web::Answer;
using web::Call;

std::optional<std::string> key_of(CommentForm const& form) {
    if (form.idempotency_key.empty()) return std::nullopt;
    return form.idempotency_key;
}

CommentForm checked_form(Call& call) {
    require_session_or_guest(call);
    auto form = web::read_form<CommentForm>(call.form);
    web::Mistakes mistakes;
    check_words(mistakes, form.body, form.content_note);
    check_pictures(call, mistakes);
    static_cast<void>(checked_poll(form, mistakes));
    mistakes.max_bytes("idempotency_key", form.idempotency_key, limits::idempotency_key_bytes_max);
    if (!call.viewer().signed_in()) {
        form.name = web::trimmed(form.name);
        form.email = web::trimmed(form.email);
        mistakes.required("name", form.name).max("name", form.name, limits::name_characters_max);
        mistakes.require(valid_email(form.email), "email", "talk.email_mistake");
    }
    mistakes.throw_if_any();
    return form;
}

/// The row as it now stands in the database, without asking for it again.
CommentRow row_of(CommentToAdd comment, Id<Comment> id, PostingRow const& posting) {
    CommentRow row;
    row.id = id;
    row.public_id = std::move(comment.public_id);
    row.discussion = comment.discussion;
    row.parent = comment.parent;
    row.author = comment.author;
    row.thread_author = comment.thread_author;
    row.html = std::move(comment.html);
    row.content_note = std::move(comment.content_note);
    row.state = comment.state;
    row.created_at = comment.at;
    row.member_id = posting.member_id;
    row.member_name = posting.member_name;
    row.member_role = posting.member_role;
    row.member_has_avatar = posting.member_has_avatar;
    row.member_has_page = posting.member_has_page;
    return row;
}

Answer posted(Call& call, CommentRow row, PublicId const& root, PostingRow const& posting) {
    bool const held = row.state == State::held;
    auto const location = "/comments/" + row.public_id.text();
    if (call.wants_json) {
        auto const view = view_of(std::move(row), root,
                                  {call.viewer(), posting.subject_path, posting.group.has_value()});
        return web::made(call, location, view);
    }
    return web::done(call, location, held ? "talk.said_held" : "talk.said_posted");
}

/// The same words sent twice: the same answer, and still one comment.
Answer posted_before(Call& call, database::Write& write, PostingRow const& posting,
                     std::string_view key) {
    auto const id = sent_before(write, call.viewer(), key);
    auto found = id ? find_comment(write, call.viewer(), *id) : std::nullopt;
    if (!found) throw Refusal::conflict("talk.sent_before");
    auto row = with_pictures(write, call.viewer(), *std::move(found));
    row.poll = poll_for_all(write, row.id);
    auto const root = row.public_id;
    return posted(call, std::move(row), root, posting);
}

PostingRow posting_for(database::Write& write, Viewer const& viewer, Id<Discussion> discussion) {
    auto posting = find_for_posting(write, viewer, discussion);
    if (!posting) throw Refusal::not_found();
    if (!posting->open_for_comments) throw Refusal::conflict("talk.closed");
    return *std::move(posting);
}

/// Asks what came along with the words; only a group is asked.
void add_comments_poll(Call& call, database::Write& write, PostingRow const& posting,
                       CommentForm const& form, CommentRow& row) {
    web::Mistakes mistakes;
    auto const poll = checked_poll(form, mistakes);
    if (!poll) return;
    mistakes.require(posting.group.has_value(), "poll_question", "talk.poll_in_group");
    mistakes.throw_if_any();
    insert_poll(write, {PublicId::make(call.site.random), posting.discussion, row.id}, *poll,
                call.now());
    row.poll = poll_for_all(write, row.id);
}

/// All that a member posts.
struct Posting {
    Id<Discussion> discussion;
    CommentForm form;
    CheckedWords words;
    PostingCheck check;
    std::vector<ReadyPicture> pictures = {};
};

Answer post_as_member(Call& call, database::Write& write, Posting const& sent) {
    if (sent.check) sent.check(write);
    auto const& [discussion, form, words, check, pictures] = sent;
    auto const posting = posting_for(write, call.viewer(), discussion);
    auto const above = thread_above(write, call.viewer(), discussion, form.parent);
    CommentToAdd comment;
    comment.public_id = PublicId::make(call.site.random);
    comment.discussion = discussion;
    if (above) comment.parent = above->comment;
    if (above) comment.thread_author = above->author;
    comment.author = call.viewer().member;
    comment.markdown = words.markdown;
    comment.found_words = words.found_words;
    comment.html = words.html;
    comment.content_note = words.content_note;
    comment.state = state_of_new({posting.hold_first_comments, posting.hold_links},
                                 {call.viewer().role, posting.published_before}, words.html);
    comment.at = call.now();
    comment.idempotency_key = key_of(form);
    auto const id = add(write, comment);
    if (!id) return posted_before(call, write, posting, form.idempotency_key);
    note_quotes(write, call.viewer(), discussion, *id, words.html);
    keep_pictures(write, *id, pictures, call.now());
    auto row = row_of(std::move(comment), *id, posting);
    for (auto const& picture : pictures) row.pictures.push_back(picture_view(picture.row));
    add_comments_poll(call, write, posting, form, row);
    auto const parent = above ? std::optional(above->public_id) : std::nullopt;
    if (row.state == State::published) {
        announce(call.site, write, news_place(posting), LiveKind::posted, row, parent, call.now());
        tell_of_comment(call.site, write, posting, row, above ? above->answered : std::nullopt);
    }
    auto const root = parent.value_or(row.public_id);
    return posted(call, std::move(row), root, posting);
}

/// At once, or once the pictures that came along are decoded.
web::Outcome post_by_member(Call& call, Posting posting) {
    auto sent = sent_pictures(call);
    if (sent.empty()) {
        return web::Outcome::deed([&call, posting = std::move(posting)](database::Write& write) {
            return post_as_member(call, write, posting);
        });
    }
    return web::Outcome::slow(
        web::Pool::files, [&call, posting = std::move(posting), sent = std::move(sent)] {
            auto ready = posting;
            for (auto const& picture : sent)
                ready.pictures.push_back(made_ready(call.site, picture));
            return web::Outcome::deed([&call, ready = std::move(ready)](database::Write& write) {
                return post_as_member(call, write, ready);
            });
        });
}

}  // namespace

void require_session_or_guest(Call const& call) {
    bool const members_form = call.form.find("name") == nullptr;
    if (!call.viewer().signed_in() && members_form) throw Refusal::sign_in_first();
}

Answer to_guest(Call const& call, Answer answer) {
    if (call.visitor.session_ended) members::clear_session_cookie(call.site, answer);
    return answer;
}

void check_words(web::Mistakes& mistakes, std::string_view body, std::string_view content_note) {
    mistakes.required("body", body).max_bytes("body", body, limits::post_bytes_max);
    mistakes.max("content_note", content_note, limits::content_note_characters_max);
}

CheckedWords render_words(std::string_view body, std::string_view content_note) {
    CheckedWords words;
    words.markdown = std::string(body);
    words.html = render_markdown(body, MarkdownKind::comment);
    auto note = web::trimmed(content_note);
    if (!note.empty()) words.content_note = std::move(note);
    words.found_words = found_words(words.html);
    return words;
}

std::optional<Above> thread_above(database::Read& read, Viewer const& viewer,
                                  Id<Discussion> discussion,
                                  std::optional<PublicId> const& parent) {
    if (!parent) return std::nullopt;
    auto row = find_comment(read, viewer, *parent);
    if (!row || row->discussion != discussion || row->state != State::published)
        throw Refusal::mistakes({{"parent", "talk.parent_gone"}});
    if (!row->parent) return Above{row->id, row->public_id, row->author, row->author};
    auto const root = find_comment(read, viewer, *row->parent);
    if (!root || root->state != State::published)
        throw Refusal::mistakes({{"parent", "talk.parent_gone"}});
    return Above{root->id, root->public_id, root->author, row->author};
}

web::Outcome post_comment(Call& call, Id<Discussion> discussion, PostingCheck check) {
    auto form = checked_form(call);
    auto words = render_words(form.body, form.content_note);
    if (call.viewer().signed_in()) {
        call.site.rates.require("member comment", call.actor(), limits::member_comments_max,
                                limits::member_comments_time);
        return post_by_member(call,
                              {discussion, std::move(form), std::move(words), std::move(check)});
    }
    auto const found = find_discussion(call.read(), call.viewer(), discussion);
    if (!found) throw Refusal::not_found();
    if (!found->guests_may_comment) throw Refusal::sign_in_first();
    call.site.rates.require("guest comment", call.actor(), limits::guest_comments_max,
                            std::chrono::hours(1));
    return web::Outcome::deed([&call, discussion, form = std::move(form),
                               words = std::move(words)](database::Write& write) {
        return post_as_guest(call, write, discussion, form, words);
    });
}

Id<Comment> add_comment(web::Site& site, database::Write& write, NewComment const& comment) {
    Viewer const author{comment.author, Role::member};
    auto const posting = posting_for(write, author, comment.discussion);
    auto const words = render_words(comment.markdown, comment.content_note);
    CommentToAdd to_add;
    to_add.public_id = PublicId::make(site.random);
    to_add.discussion = comment.discussion;
    std::optional<PublicId> parent;
    if (comment.parent) {
        auto const answered = find_comment(write, author, comment.parent);
        if (!answered) throw Refusal::not_found();
        auto const above = thread_above(write, author, comment.discussion, answered->public_id);
        to_add.parent = above->comment;
        to_add.thread_author = above->author;
        parent = above->public_id;
    }
    to_add.author = comment.author;
    to_add.markdown = words.markdown;
    to_add.found_words = words.found_words;
    to_add.html = words.html;
    to_add.content_note = words.content_note;
    to_add.at = comment.at;
    auto const id = add(write, to_add);
    if (!id) throw Refusal::conflict("talk.sent_before");
    note_quotes(write, author, comment.discussion, *id, words.html);
    announce(site, write, news_place(posting), LiveKind::posted, row_of(to_add, *id, posting),
             parent, comment.at);
    return *id;
}

}  // namespace kith::talk
