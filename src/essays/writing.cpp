#include "essays/writing.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "essays/essay_versions_store.hpp"
#include "essays/plain_text.hpp"
#include "essays/search_store.hpp"
#include "members/community.hpp"
#include "members/profiles_store.hpp"

namespace kith::essays {

namespace {

bool is_as_asked(OwnEssay const& essay, Change const& change, EssayWords const& words) {
    return words == words_of(essay) && essay.audience == change.audience &&
           essay.comments_closed == change.comments_closed &&
           (!change.publish || essay.state == EssayState::published) &&
           (!change.new_address || is_slug_of(essay.slug, words.title));
}

}  // namespace

EssayWords words_of(OwnEssay const& essay) {
    return {essay.title, essay.summary, essay.content_note, essay.body};
}

EssayPlace add_essay(web::Site& site, database::Write& write, NewEssay const& essay,
                     ReadyEssay const& ready) {
    EssayToAdd add;
    add.public_id = PublicId::make(site.random);
    add.author = essay.author;
    add.slug = make_slug(ready.words.title, site.random);
    add.audience = essay.audience;
    add.comments_closed = essay.comments_closed;
    add.version = essay.version;
    add.at = essay.at.value_or(site.now());
    add.idempotency_key = essay.idempotency_key;
    add.discussion = talk::open_discussion(
        write, {.public_id = PublicId::make(site.random),
                .subject_path = essay_url(add.slug),
                .audience = comments_audience(EssayState::draft, essay.audience),
                .author = essay.author});
    auto const id = insert_essay(write, add, ready);
    if (essay.version > 0) insert_version(write, id, ready.words, essay.version, add.at);
    return {id, add.public_id, add.slug, add.discussion};
}

std::string change_essay(web::Site& site, database::Write& write, Viewer const& author,
                         PublicId const& id, std::int64_t base_version, Change const& change,
                         ReadyEssay const& ready) {
    auto essay = find_own_essay(write, author, id);
    if (!essay) throw Refusal::not_found();
    if (essay->version != base_version) {
        // Sent again after a lost answer: nothing of it is a conflict.
        if (is_as_asked(*essay, change, ready.words)) return essay_url(essay->slug);
        throw Refusal::conflict("essays.changed_meanwhile");
    }
    auto const now = site.now();
    essay->audience = change.audience;
    essay->comments_closed = change.comments_closed;
    update_words(write, essay->id, ready, essay->version + 1, now);
    update_settings(write, essay->id, essay->audience, essay->comments_closed);
    insert_version(write, essay->id, ready.words, essay->version + 1, now);
    drop_draft(write, essay->id);
    // While nobody else has the address it follows the title.
    bool const follows = !essay->published_at || change.new_address;
    if (follows && !is_slug_of(essay->slug, ready.words.title)) {
        essay->slug = make_slug(ready.words.title, site.random);
        update_slug(write, essay->id, essay->slug);
        talk::set_subject_path(write, essay->discussion, essay_url(essay->slug));
    }
    set_state(write, *essay, change.publish ? EssayState::published : essay->state, now);
    return essay_url(essay->slug);
}

void set_state(database::Write& write, OwnEssay const& essay, EssayState state, Time now) {
    if (state != essay.state) {
        update_state(write, essay.id, state, now);
        auto const standing = author_standing(write, Viewer::server(), essay.id);
        members::set_author(write, standing.author, standing.published > 0);
    }
    talk::set_audience(write, essay.discussion, comments_audience(state, essay.audience),
                       state == EssayState::published && !essay.comments_closed);
    index_essay(write, essay.id);
}

EssayWords words_of_file(std::string_view file_text, bool is_markdown) {
    auto const text = repaired_utf8(file_text);
    auto imported = is_markdown ? from_markdown_file(text) : from_plain_text(text);
    return {.title = std::string(first_code_points(imported.title, limits::title_characters_max)),
            .summary = std::move(imported.summary),
            .content_note = std::move(imported.content_note),
            .body = std::move(imported.markdown)};
}

std::string import_essay(web::Site& site, database::Write& write, Id<Member> author,
                         std::string_view file_text, bool is_markdown, bool publish) {
    auto words = words_of_file(file_text, is_markdown);
    check_essay(words, publish ? Completeness::to_publish : Completeness::draft);
    auto const language = members::community(write).language;
    auto const ready = make_ready(std::move(words), content_note_term(site, language));
    auto const place = add_essay(site, write, {.author = author}, ready);
    if (publish) {
        auto const essay = find_own_essay(write, Viewer::server(), place.public_id);
        set_state(write, *essay, EssayState::published, site.now());
    }
    return essay_url(place.slug);
}

std::optional<std::string> kept_key(web::Site const& site, std::string_view key,
                                    std::string_view whose) {
    if (key.empty()) return std::nullopt;
    return site.seal.hash("once", std::string(key) + std::string(whose));
}

std::string content_note_term(web::Site const& site, std::string_view language) {
    return site.words.say(language, "essays.content_note_term");
}

}  // namespace kith::essays
