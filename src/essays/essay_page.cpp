#include "base/text.hpp"
#include "distance/distance_link.hpp"
#include "essays/essay_handlers.hpp"
#include "essays/essay_views.hpp"
#include "essays/offer.hpp"
#include "web/respond.hpp"

namespace kith::essays {

using web::Answer;
using web::Call;

namespace {

std::optional<std::string> if_any(std::string const& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

/// What a person reads of the essay where it can't be seen whole. A content note covers it.
std::string description_of(Call const& call, EssayLine const& essay) {
    if (!essay.content_note.empty())
        return call.say("essays.content_note_term") + " " + essay.content_note;
    return essay.summary.empty() ? essay.excerpt : essay.summary;
}

std::string seen_by(Call const& call, EssayRow const& essay) {
    if (essay.state != EssayState::published) return call.say("essays.seen_by_you");
    return call.say(essay.audience == EssayAudience::anyone ? "essays.seen_by_anyone"
                                                            : "essays.seen_by_members");
}

std::optional<ReachOutSlip> reach_out_slip(Call const& call, EssayRow const& essay) {
    bool const own = call.viewer().is(essay.author);
    if (!essay.author_active) return std::nullopt;
    std::optional<Offer> said;
    if (essay.takes_letters)
        said = {*essay.takes_letters,
                *essay.takes_guests,
                *essay.when_read,
                *essay.answer_days,
                {},
                {}};
    auto const offer = effective_offer(essay.author_role, std::move(said));
    if (own || essay.state != EssayState::published || !offer.takes_letters) return std::nullopt;
    if (!call.viewer().signed_in() && !offer.takes_guests) return std::nullopt;
    ReachOutSlip slip;
    slip.reach_out_url = essay_url(essay.slug) + "/reach-out";
    slip.author_name = essay.author_name;
    slip.when_read = if_any(offer.when_read);
    slip.answer_days = offer.answer_days;
    if (essay.letter)
        slip.letter = {"/reach-outs/" + essay.letter->text(), *essay.letter_state,
                       *essay.letter_written_at};
    return slip;
}

void add_thanks(Call const& call, EssayRow const& essay, EssayPage& view) {
    if (essay.state != EssayState::published) return;
    if (!call.viewer().signed_in()) {
        view.thanks_sign_in_url = "/sign-in?then=" + web::url_encode(view.url);
        return;
    }
    ThanksSlip slip;
    slip.post_url = view.url + "/thanks";
    slip.to = call.field(thanks_pattern, "to");
    slip.note = call.field(thanks_pattern, "note");
    slip.idempotency_key = call.once_key(thanks_pattern);
    view.thanks = std::move(slip);
}

OwnActs own_acts(Call const& call, std::string const& url) {
    OwnActs acts{{}, url + "/history", {}, url + "/withdraw"};
    if (!call.visitor.may_write_essays) return acts;
    acts.edit_url = url + "/edit";
    acts.publish_url = url + "/publish";
    return acts;
}

EssayPage view_of(Call& call, EssayRow& essay) {
    EssayPage view;
    view.id = essay.public_id;
    view.url = essay_url(essay.slug);
    view.title = essay.title.empty() ? call.say("essays.untitled") : essay.title;
    view.summary = essay.summary;
    view.content_note = if_any(essay.content_note);
    view.body.text = std::move(essay.html);
    view.state = essay.state;
    view.audience = essay.audience;
    view.reading_minutes = essay.reading_minutes;
    view.published_at = essay.published_at.value_or(Time{});
    view.edited_at = essay.edited_at;
    // The first minutes' slips of the pen aren't worth a word.
    view.edited =
        essay.published_at && essay.edited_at - *essay.published_at > std::chrono::hours(1);
    view.author = author_view(call, essay);
    view.picture = picture_view(essay);
    view.seen_by = seen_by(call, essay);
    bool const own = call.viewer().is(essay.author);
    if (own) view.own = own_acts(call, view.url);
    if (call.viewer().signed_in() && !own)
        view.distance_url =
            distance::distance_url(call, essay.author_id, essay.author_name, "/essays");
    view.muted = essay.muted;
    add_thanks(call, essay, view);
    view.reach_out = reach_out_slip(call, essay);
    view.comments_closed = essay.comments_closed;
    if (essay.state == EssayState::published)
        view.comments = talk::comments_view(call, essay.discussion, comments_pattern);
    view.feed_url = "/feed.atom";
    view.text_url = view.url + "/text";
    return view;
}

Answer moved_to(std::string location) {
    Answer answer;
    answer.status = 308;
    answer.headers.emplace_back("location", std::move(location));
    return answer;
}

}  // namespace

AuthorView person_view(Call const& call, Person const& person) {
    auto card = members::make_card(person.id, person.name, person.role, person.has_avatar);
    AuthorView view;
    view.id = card.id;
    view.name = std::move(card.name);
    view.initials = std::move(card.initials);
    view.tint = std::move(card.tint);
    if (card.role_word) view.role = call.say("essays.role_" + *card.role_word);
    bool const page_is_open = person.listed || person.role != Role::member || person.is_viewer;
    if (!call.viewer().signed_in() || !page_is_open) return view;
    view.url = std::move(card.url);
    view.picture_url = std::move(card.avatar_url);
    return view;
}

AuthorView author_view(Call const& call, EssayLine const& essay) {
    return person_view(
        call, {essay.author_id, essay.author_name, essay.author_role, essay.author_has_avatar,
               essay.author_listed, call.viewer().is(essay.author)});
}

std::optional<PictureView> picture_view(EssayLine const& essay) {
    if (!essay.picture_alt) return std::nullopt;
    return PictureView{essay_url(essay.slug) + "/picture", *essay.picture_alt,
                       essay.picture_width.value_or(0), essay.picture_height.value_or(0)};
}

EssayRow readable_essay(Call const& call) {
    auto essay = find_essay(call.read(), call.viewer(), call.parameter("slug"));
    if (!essay) throw Refusal::not_found();
    return *std::move(essay);
}

Answer show_essay(Call& call) {
    auto essay = readable_essay(call);
    // After a mistake in a form the page is shown where it was asked for.
    if (essay.slug != call.parameter("slug") && !call.failure)
        return moved_to(essay_url(essay.slug));
    web::Head head{.title = essay.title.empty() ? call.say("essays.untitled") : essay.title,
                   .place = web::Place::essays};
    head.description = description_of(call, essay);
    bool const open = essay.state == EssayState::published;
    head.for_search_engines = open && essay.audience == EssayAudience::anyone;
    head.canonical = essay_url(essay.slug);
    if (essay.picture_alt) head.og_image = essay_url(essay.slug) + "/picture";
    head.feed_url = "/feed.atom";
    auto about = call.viewer().signed_in() ? if_any(essay.author_about) : std::nullopt;
    auto view = view_of(call, essay);
    if (view.author.url) view.author.about = std::move(about);
    if (view.comments) head.live_url = view.comments->live_url;
    return web::respond(call, view, std::move(head));
}

Answer show_essay_text(Call& call) {
    auto const essay = readable_essay(call);
    auto const own = find_own_essay(call.read(), Viewer::server(), essay.public_id);
    std::string text = own->title + "\n" + essay.author_name + "\n\n";
    if (!own->summary.empty()) text += own->summary + "\n\n";
    if (!own->content_note.empty())
        text += call.say("essays.content_note_term") + " " + own->content_note + "\n\n\n\n";
    return web::raw("text/plain; charset=utf-8", text + own->body + "\n");
}

web::Outcome act_comment(Call& call) {
    talk::require_session_or_guest(call);
    auto const essay = readable_essay(call);
    return talk::post_comment(call, essay.discussion);
}

}  // namespace kith::essays
