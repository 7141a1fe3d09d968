#include "gratitude/gratitude_slice.hpp"

#include "gratitude/gratitude_store.hpp"
#include "resources/gratitude.hpp"
#include "web/respond.hpp"

namespace kith::gratitude {
namespace {

using web::Access;
using web::Call;

constexpr std::string_view notes_path = "/gratitude";

struct NoteForm {
    std::string words;
};
BOOST_DESCRIBE_STRUCT(NoteForm, (), (words))

struct NotesPage {
    static constexpr std::string_view page = "gratitude/notes";
    std::vector<Note> notes;
    web::Field words;
};
BOOST_DESCRIBE_STRUCT(NotesPage, (), (notes, words))

web::Answer show_notes(Call& call) {
    NotesPage const view{notes_of(call.read(), call.viewer()), call.field(notes_path, "words")};
    return respond(call, view, {.title = call.say("gratitude.title")});
}

web::Outcome act_note(Call& call) {
    auto const form = web::read_form<NoteForm>(call.form);
    web::Mistakes().required("words", form.words).max("words", form.words, 280).throw_if_any();
    return web::Outcome::deed([&call, form](database::Write& write) {
        Note const note{PublicId::make(call.site.random), form.words, call.now()};
        add_note(write, call.viewer(), note);
        return made(call, std::string(notes_path), note);
    });
}

std::vector<std::string> notes_paths(database::Read&) { return {std::string(notes_path)}; }

}  // namespace

web::Slice gratitude_slice() {
    using namespace std::chrono_literals;
    return {
        .name = "gratitude",
        .resources = gratitude_resources(),
        .routes = {web::get<NotesPage>(notes_path, Access::member, show_notes),
                   web::limited(
                       web::post<NoteForm>(notes_path, Access::member, act_note, show_notes),
                       {.times = 10, .period = 1h})},
        .pages = {web::page<NotesPage>()},
        .export_for = web::ExportFor(
            [](web::Site&, database::Read& read, Id<Member> member, web::Archive& archive) {
                archive.add("gratitude", "Gratitude notes", notes_of(read, {member, Role::member}));
            }),
        .erase_for = web::EraseFor(erase_notes),
        .probes = std::vector<web::Probe>{{notes_path, notes_paths}},
    };
}

}  // namespace kith::gratitude
