#include "base/limits.hpp"
#include "base/text.hpp"
#include "essays/editor_views.hpp"
#include "essays/essay_handlers.hpp"
#include "essays/essay_versions_store.hpp"
#include "essays/writing.hpp"
#include "web/respond.hpp"

namespace kith::essays {

using web::Answer;
using web::Call;
using web::Outcome;

namespace {

void require_may_write(Call const& call) {
    if (!call.visitor.may_write_essays) throw Refusal::not_found();
}

Completeness wanted(bool public_afterwards) {
    return public_afterwards ? Completeness::to_publish : Completeness::draft;
}

ReadyEssay ready_for(Call const& call, EssayWords const& words) {
    return make_ready(words, content_note_term(call.site, call.language));
}

/// Begins an essay, once for each key: it may be there already, as the answer was lost, or have
/// begun as a draft on its way.
OwnEssay begun(Call& call, database::Write& write, NewEssay essay, ReadyEssay const& ready) {
    std::optional<OwnEssay> before;
    if (essay.idempotency_key)
        before = find_begun_essay(write, call.viewer(), *essay.idempotency_key);
    if (before && before->version == 0) {
        Change const change{essay.audience, essay.comments_closed};
        static_cast<void>(
            change_essay(call.site, write, call.viewer(), before->public_id, 0, change, ready));
        return *find_own_essay(write, call.viewer(), before->public_id);
    }
    if (before && words_of(*before) == ready.words) return *std::move(before);
    // Other words under the same key are another essay.
    if (before) essay.idempotency_key.reset();
    auto const place = add_essay(call.site, write, essay, ready);
    return *find_own_essay(write, call.viewer(), place.public_id);
}

/// Begins an essay and says where it is.
Answer begin(Call& call, database::Write& write, NewEssay const& essay, ReadyEssay const& ready,
             bool publish) {
    auto const own = begun(call, write, essay, ready);
    auto const url = essay_url(own.slug);
    if (publish && own.state == EssayState::draft)
        set_state(write, own, EssayState::published, call.now());
    EssayMade const made{own.public_id, url, url + "/edit"};
    auto const said = publish ? "?said=essays.said_published" : "/edit?said=essays.said_kept";
    return web::made(call, url + said, made);
}

/// The essay that has nothing but a draft yet: the one that this page has begun, or a new one.
OwnEssay draft_on_its_way(Call& call, database::Write& write, EssayForm const& form) {
    auto const key = kept_key(call.site, form.idempotency_key);
    if (key)
        if (auto before = find_begun_essay(write, call.viewer(), *key)) return *std::move(before);
    ReadyEssay title_only;
    title_only.words.title = form.title;
    NewEssay const essay{.author = call.viewer().member, .version = 0, .idempotency_key = key};
    auto const place = add_essay(call.site, write, essay, title_only);
    return *find_own_essay(write, call.viewer(), place.public_id);
}

/// Whether a file's name says that it is Markdown.
bool is_markdown_name(std::string_view name) {
    auto const lower = lower_ascii(name);
    return lower.ends_with(".md") || lower.ends_with(".markdown");
}

EssayWords imported_words(Call const& call) {
    auto const form = web::read_form<ImportForm>(call.form);
    auto const* file = call.form.file("file");
    bool const from_file = file != nullptr && !file->bytes.empty();
    auto const text = from_file ? file->bytes : std::string_view(form.text);
    web::Mistakes mistakes;
    mistakes.require(!web::trimmed(text).empty(), "text", "essays.import_nothing");
    mistakes.max_bytes(from_file ? "file" : "text", text, limits::essay_bytes_max);
    mistakes.require(!from_file || valid_utf8(text), "file", "essays.import_not_text");
    mistakes.throw_if_any();
    auto words = words_of_file(text, from_file ? is_markdown_name(file->name) : form.markdown);
    check_essay(words, Completeness::draft);
    return words;
}

}  // namespace

Outcome act_new(Call& call) {
    require_may_write(call);
    auto const form = web::read_form<EssayForm>(call.form);
    check_essay(form, wanted(form.publish));
    auto ready = ready_for(call, form);
    NewEssay const essay{.author = call.viewer().member,
                         .audience = form.audience,
                         .comments_closed = form.comments_closed,
                         .idempotency_key = kept_key(call.site, form.idempotency_key)};
    return Outcome::deed([&call, essay, form, ready = std::move(ready)](database::Write& write) {
        return begin(call, write, essay, ready, form.publish);
    });
}

Outcome act_import(Call& call) {
    require_may_write(call);
    auto ready = ready_for(call, imported_words(call));
    NewEssay const essay{.author = call.viewer().member,
                         .idempotency_key = kept_key(call.site, call.form.text("idempotency_key"))};
    return Outcome::deed([&call, essay, ready = std::move(ready)](database::Write& write) {
        return begin(call, write, essay, ready, false);
    });
}

Outcome act_edit(Call& call) {
    auto const essay = own_essay_to_write(call);
    auto const form = web::read_form<EssayForm>(call.form);
    bool const public_afterwards = form.publish || essay.state == EssayState::published;
    check_essay(form, wanted(public_afterwards));
    auto ready = ready_for(call, form);
    return Outcome::deed([&call, id = essay.public_id, form, public_afterwards,
                          ready = std::move(ready)](database::Write& write) {
        Change const change{form.audience, form.comments_closed, form.new_address, form.publish};
        auto const url =
            change_essay(call.site, write, call.viewer(), id, form.version, change, ready);
        if (public_afterwards) return web::done(call, url, "essays.said_saved");
        return web::done(call, url + "/edit", "essays.said_kept");
    });
}

Outcome act_preview(Call& call) {
    auto words = web::read_form<CarriedEssay>(call.form);
    check_essay(words, Completeness::draft);
    auto ready = ready_for(call, words);
    PreviewPage view;
    view.title = ready.words.title;
    view.summary = ready.words.summary;
    if (!ready.words.content_note.empty()) view.content_note = ready.words.content_note;
    view.html.text = std::move(ready.html);
    view.reading_minutes = ready.reading_minutes;
    // A browser that goes back to a page that isn't kept finds it empty: the fields come along.
    if (!call.wants_json) view.carried = std::move(words);
    return web::respond(call, view,
                        {.title = call.say("essays.preview"), .place = web::Place::essays});
}

Outcome act_keep_draft(Call& call) {
    auto const form = web::read_form<EssayForm>(call.form);
    check_essay(form, Completeness::draft);
    auto const id = PublicId::parse(call.query.text("essay"));
    if (id && !find_own_essay(call.read(), call.viewer(), *id)) throw Refusal::not_found();
    require_may_write(call);
    return Outcome::deed([&call, id, form](database::Write& write) {
        std::optional<OwnEssay> essay;
        if (id) {
            essay = find_own_essay(write, call.viewer(), *id);
            if (!essay) throw Refusal::not_found();
        } else {
            essay = draft_on_its_way(call, write, form);
        }
        keep_draft(write, essay->id, form, form.version, call.now());
        DraftKept const kept{essay->public_id, "/essays/draft?essay=" + essay->public_id.text(),
                             essay_url(essay->slug) + "/edit"};
        return web::made(call, kept.action, kept);
    });
}

Outcome act_drop_draft(Call& call) {
    auto const essay = own_essay_to_write(call);
    return Outcome::deed([&call, id = essay.id, slug = essay.slug](database::Write& write) {
        drop_draft(write, id);
        return web::done(call, essay_url(slug) + "/edit", "essays.said_dropped");
    });
}

Outcome act_publish(Call& call) {
    auto const essay = own_essay_to_write(call);
    check_essay(words_of(essay), Completeness::to_publish);
    return Outcome::deed([&call, id = essay.public_id](database::Write& write) {
        auto const now_is = find_own_essay(write, call.viewer(), id);
        if (!now_is) throw Refusal::not_found();
        set_state(write, *now_is, EssayState::published, call.now());
        return web::done(call, essay_url(now_is->slug), "essays.said_published");
    });
}

Outcome act_withdraw(Call& call) {
    auto const essay = own_essay(call);
    return Outcome::deed([&call, id = essay.public_id](database::Write& write) {
        auto const now_is = find_own_essay(write, call.viewer(), id);
        if (!now_is) throw Refusal::not_found();
        if (now_is->state == EssayState::published)
            set_state(write, *now_is, EssayState::withdrawn, call.now());
        return web::done(call, essay_url(now_is->slug), "essays.said_withdrawn");
    });
}

}  // namespace kith::essays
