#include "circles/making.hpp"

#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "circles/circles_store.hpp"
#include "circles/conversations_store.hpp"
#include "circles/membership_store.hpp"
#include "circles/unanswered.hpp"
#include "talk/waiting.hpp"

namespace kith::circles {

CirclePlace make_circle(web::Site& site, database::Write& write, Id<Member> maker,
                        CheckedCircle const& words, Time at) {
    CirclePlace place;
    place.public_id = PublicId::make(site.random);
    bool const small = words.form.size_max <= limits::circle_small_max;
    place.group = talk::make_group(write, small ? talk::GroupSize::small : talk::GroupSize::large);
    place.id = insert_circle(write, {place.public_id, maker, place.group, at}, words);
    insert_member(write, place.id, maker, true, 1, at);
    talk::admit(write, place.group, maker, at);
    return place;
}

Beginning rendered(ConversationForm words) {
    words.title = web::trimmed(words.title);
    words.content_note = web::trimmed(words.content_note);
    auto html = render_markdown(words.body, MarkdownKind::comment);
    return {std::move(words), std::move(html)};
}

ConversationPlace begin_conversation(web::Site& site, database::Write& write,
                                     CirclePlace const& circle, Id<Member> author,
                                     Beginning const& beginning, Time at) {
    ConversationPlace place;
    place.public_id = PublicId::make(site.random);
    talk::DiscussionOpening opening;
    opening.public_id = PublicId::make(site.random);
    opening.subject_path = conversation_url(place.public_id);
    opening.audience = talk::Audience::group;
    opening.author = author;
    opening.group = circle.group;
    opening.begun_at = at;
    place.discussion = talk::open_discussion(write, opening);
    auto const& words = beginning.words;
    talk::begin_waiting(write, place.discussion, waiting_kind, words.patience, at);
    std::optional<std::string> key;
    if (!words.idempotency_key.empty()) key = words.idempotency_key;
    insert_conversation(write,
                        {place.public_id, circle.id, place.discussion, author, words.title,
                         words.content_note, words.asks_for, words.body, beginning.html, key, at});
    web::Mistakes none;
    if (auto const poll = talk::checked_poll(words, none))
        talk::add_poll(site, write, place.discussion, *poll, at);
    return place;
}

}  // namespace kith::circles
