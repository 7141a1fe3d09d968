#include "talk/guest.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "talk/guest_store.hpp"
#include "talk/live.hpp"
#include "talk/quotes.hpp"
#include "talk/post_comment.hpp"
#include "talk/tell.hpp"
#include "web/respond.hpp"

namespace kith::talk {
namespace {

using web::Answer;
using web::Call;

constexpr std::string_view token_purpose = "comment confirmation";
constexpr std::string_view address_purpose = "guest address";

void mail_link(Call& call, database::Write& write, std::string const& address,
               std::string const& token) {
    web::OutgoingMail mail;
    mail.to = address;
    mail.subject = call.say("talk.confirm_mail_subject");
    auto const link = call.site.settings.public_url + "/comments/confirm/" + token;
    mail.text = call.say("talk.confirm_mail_text", {{"link", link}});
    mail.kind = "comment_confirmation";
    mail.forget_address = true;
    call.site.hooks.queue_mail(write, call.site, std::move(mail));
}

/// The comment that this call's token confirms; whatever isn't one is not found.
LinkedComment linked(Call& call, database::Read& read) {
    auto const hash = call.site.seal.hash(token_purpose, call.parameter("token"));
    auto found = linked_comment(read, call.viewer(), hash);
    if (!found || call.now() - found->made_at > limits::comment_confirmation_age_max)
        throw Refusal::not_found();
    return *std::move(found);
}

/// Where the comment is that was confirmed before, perhaps by the same button pressed twice.
Answer there_already(Call& call, database::Read& read, LinkedComment const& found) {
    auto const discussion = find_discussion(read, Viewer::stranger(), found.discussion);
    if (!discussion) throw Refusal::not_found();
    if (found.state == State::held)
        return web::done(call, discussion->subject_path + "#comments", "talk.said_held_guest");
    return web::done(call, "/comments/" + found.public_id.text(), "talk.said_there_already");
}

Answer confirmed(Call& call, database::Write& write) {
    auto const found = linked(call, write);
    if (found.state != State::waiting_for_email) return there_already(call, write, found);
    // As a stranger: whoever opens the link in a member's browser is still the guest.
    auto const posting = find_for_posting(write, Viewer::stranger(), found.discussion);
    if (!posting) throw Refusal::not_found();
    // What was open when they wrote may be closed by now, to guests or to all.
    if (!posting->open_for_comments || !posting->guests_may_comment)
        throw Refusal::conflict("talk.closed");
    auto const state = state_of_new({posting->hold_first_comments, posting->hold_links},
                                    {Role::stranger, found.published_before}, found.html);
    set_state(write, found.comment, state);
    if (state != State::published)
        return web::done(call, posting->subject_path + "#comments", "talk.said_held_guest");
    auto row = find_comment(write, Viewer::stranger(), found.comment);
    if (!row) throw Refusal::not_found();
    auto const parent = parent_of(write, Viewer::server(), *row);
    auto location = "/comments/" + row->public_id.text();
    tell_of_comment(call.site, write, *posting, *row);
    announce(call.site, write, news_place(*posting), LiveKind::posted, *std::move(row), parent,
             call.now());
    return web::done(call, std::move(location), "talk.said_posted");
}

}  // namespace

Answer post_as_guest(Call& call, database::Write& write, Id<Discussion> discussion,
                     CommentForm const& form, CheckedWords const& words) {
    auto const posting = find_for_posting(write, call.viewer(), discussion);
    if (!posting) throw Refusal::not_found();
    if (!posting->open_for_comments) throw Refusal::conflict("talk.closed");
    auto const above = thread_above(write, call.viewer(), discussion, form.parent);
    CommentToAdd comment;
    comment.public_id = PublicId::make(call.site.random);
    comment.discussion = discussion;
    if (above) comment.parent = above->comment;
    if (above) comment.thread_author = above->author;
    comment.guest_name = form.name;
    comment.guest_email_hash = call.site.seal.hash(address_purpose, lower_ascii(form.email));
    comment.markdown = words.markdown;
    comment.html = words.html;
    comment.content_note = words.content_note;
    comment.state = State::waiting_for_email;
    comment.at = call.now();
    if (!form.idempotency_key.empty()) comment.idempotency_key = form.idempotency_key;
    // Sent twice, it waits once, and the link has already been mailed.
    if (auto const id = add(write, comment)) {
        auto const token = make_token(call.site.random);
        note_quotes(write, call.viewer(), discussion, *id, words.html);
        add_confirmation(write, call.site.seal.hash(token_purpose, token), *id, call.language,
                         call.now());
        mail_link(call, write, form.email, token);
    }
    return to_guest(call,
                    web::done(call, posting->subject_path + "#comments", "talk.said_check_mail"));
}

Answer show_confirm(Call& call) {
    auto found = linked(call, call.read());
    if (found.state != State::waiting_for_email) return there_already(call, call.read(), found);
    ConfirmPage view;
    view.confirm_url = "/comments/confirm/" + web::url_encode(call.parameter("token"));
    view.html.text = std::move(found.html);
    web::Head head{.title = call.say("talk.confirm_title")};
    head.alone = true;
    return web::respond(call, view, std::move(head));
}

web::Outcome act_confirm(Call& call) {
    return web::Outcome::deed([&call](database::Write& write) { return confirmed(call, write); });
}

}  // namespace kith::talk
