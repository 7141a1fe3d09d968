#include "base/limits.hpp"
#include "essays/editor_views.hpp"
#include "essays/essay_handlers.hpp"
#include "essays/essay_versions_store.hpp"
#include "essays/pictures_store.hpp"
#include "essays/writing.hpp"
#include "web/respond.hpp"

namespace kith::essays {

using web::Answer;
using web::Call;

namespace {

std::string autosave_url(PublicId const& id) { return "/essays/draft?essay=" + id.text(); }

void fill_fields(Call const& call, std::string_view pattern, EssayWords const& words,
                 EditorPage& view) {
    view.title = call.field(pattern, "title", words.title);
    view.summary = call.field(pattern, "summary", words.summary);
    view.content_note = call.field(pattern, "content_note", words.content_note);
    view.body = call.field(pattern, "body", words.body);
    if (!call.failed(pattern)) return;
    view.audience =
        call.form.text("audience") == "members" ? EssayAudience::members : EssayAudience::anyone;
    view.comments_closed = call.form.find("comments_closed") != nullptr;
    view.new_address = call.form.find("new_address") != nullptr;
}

/// The line that puts a picture into the text, whatever its words are.
std::string markdown_of(std::string_view alt, std::string const& url) {
    std::string line = "![";
    for (char const c : alt) {
        if (c == '[' || c == ']' || c == '\\') line += '\\';
        line += c;
    }
    return line + "](" + url + ")";
}

EditorPictures pictures_of(Call const& call, OwnEssay const& essay) {
    auto const url = essay_url(essay.slug);
    EditorPictures view;
    view.add_url = url + "/picture";
    view.picture = call.field(add_picture_pattern, "picture");
    view.alt = call.field(add_picture_pattern, "alt");
    for (auto const& picture : list_pictures(call.read(), call.viewer(), essay.id)) {
        auto const file = "/files/" + picture.public_id.text();
        view.items.push_back({picture.public_id, file, picture.alt, markdown_of(picture.alt, file),
                              picture.above,
                              url + "/pictures/" + picture.public_id.text() + "/drop"});
    }
    view.any = !view.items.empty();
    return view;
}

/// Shows what was saved elsewhere since these words began, so that nobody overwrites it unseen.
void show_changes(Call const& call, OwnEssay const& essay, EditorPage& view) {
    view.changed_meanwhile = true;
    std::int64_t base_version = 0;
    static_cast<void>(web::forms::read(std::string(call.form.text("version")), base_version));
    auto const base = find_version(call.read(), call.viewer(), essay.id, base_version);
    if (base) view.changes = shortened(difference(base->body, essay.body));
}

EditorPage blank_editor(Call const& call) {
    EditorPage view;
    view.heading = call.say("essays.write");
    view.post_url = "/essays/new";
    view.autosave_url = "/essays/draft";
    view.preview_url = "/essays/preview";
    view.seen_by = call.say("essays.seen_by_you");
    view.idempotency_key = call.once_key(call.route->pattern);
    fill_fields(call, new_pattern, {}, view);
    ImportBox import_box;
    import_box.import_url = "/essays/import";
    import_box.file = call.field(import_pattern, "file");
    import_box.text = call.field(import_pattern, "text");
    view.import_box = std::move(import_box);
    return view;
}

EditorPage editor_of(Call const& call, OwnEssay const& essay) {
    EditorPage view;
    auto const url = essay_url(essay.slug);
    view.heading = call.say("essays.write_on");
    view.post_url = url + "/edit";
    view.autosave_url = autosave_url(essay.public_id);
    view.preview_url = "/essays/preview";
    view.essay_id = essay.public_id.text();
    view.version = essay.version;
    view.audience = essay.audience;
    view.comments_closed = essay.comments_closed;
    view.state = essay.state;
    view.first_draft = !essay.published_at.has_value();
    view.essay_url = url;
    if (essay.version > 0) view.history_url = url + "/history";
    auto words = words_of(essay);
    bool const conflict =
        call.failed(edit_pattern) && call.failure->refusal.kind() == Refusal::Kind::conflict;
    if (conflict) show_changes(call, essay, view);
    if (auto draft = find_draft(call.read(), call.viewer(), essay.id)) {
        words = static_cast<EssayWords const&>(*draft);
        if (essay.version > 0) view.unsaved = {draft->at, url + "/draft/drop"};
        if (draft->version != essay.version && !conflict) view.version = draft->version;
    }
    fill_fields(call, edit_pattern, words, view);
    view.pictures = pictures_of(call, essay);
    view.seen_by = call.say(essay.state == EssayState::published ? "essays.seen_once_saved"
                                                                 : "essays.seen_by_you");
    return view;
}

OwnEssay to_write(Call const& call, OwnEssay essay) {
    if (!call.visitor.may_write_essays) throw Refusal::not_allowed("essays.may_not_write");
    return essay;
}

/// The editor of the essay that the words belong to, before they are put into it.
EditorPage editor_for(Call const& call, CarriedEssay const& words) {
    if (words.essay.empty()) {
        if (!call.visitor.may_write_essays) throw Refusal::not_found();
        return blank_editor(call);
    }
    auto const id = PublicId::parse(words.essay);
    auto essay = id ? find_own_essay(call.read(), call.viewer(), *id) : std::nullopt;
    if (!essay) throw Refusal::not_found();
    return editor_of(call, to_write(call, *std::move(essay)));
}

Answer respond_with(Call& call, EditorPage const& view) {
    return web::respond(call, view, {.title = view.heading, .place = web::Place::essays});
}

}  // namespace

OwnEssay own_essay(Call const& call) {
    auto essay = find_own_essay(call.read(), call.viewer(), call.parameter("slug"));
    if (!essay) throw Refusal::not_found();
    return *std::move(essay);
}

OwnEssay own_essay_to_write(Call const& call) { return to_write(call, own_essay(call)); }

Answer show_new(Call& call) {
    if (!call.visitor.may_write_essays) throw Refusal::not_found();
    return respond_with(call, blank_editor(call));
}

Answer show_edit(Call& call) {
    return respond_with(call, editor_of(call, own_essay_to_write(call)));
}

web::Outcome act_write_on(Call& call) {
    auto form = web::read_form<CarriedEssay>(call.form);
    auto view = editor_for(call, form);
    view.title.value = std::move(form.title);
    view.summary.value = std::move(form.summary);
    view.content_note.value = std::move(form.content_note);
    view.body.value = std::move(form.body);
    view.audience = form.audience;
    view.comments_closed = form.comments_closed;
    view.new_address = form.new_address;
    view.version = form.version;
    view.unsaved.reset();
    if (!form.idempotency_key.empty()) view.idempotency_key = std::move(form.idempotency_key);
    return respond_with(call, view);
}

}  // namespace kith::essays
