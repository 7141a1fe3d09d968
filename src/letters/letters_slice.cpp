#include "letters/letters_slice.hpp"

#include "base/base64url.hpp"
#include "letters/delivery.hpp"
#include "letters/letters_views.hpp"
#include "letters/limits.hpp"
#include "members/members.hpp"
#include "resources/letters.hpp"
#include "web/call.hpp"

namespace kith::letters {
namespace {

using web::before_agreement;
using web::get;
using web::get_raw;
using web::limited;
using web::NoFields;
using web::post;
using namespace std::chrono_literals;

constexpr auto member = web::Access::member;

std::vector<web::Route> letters_routes() {
    web::Rate const keys{limits::keys_made_max, limits::keys_made_time};
    return {
        get<LettersPage>(letters_path, member, show_letters),
        get<KeysPage>(keys_path, member, show_keys),
        limited(post<KeysForm>(keys_path, member, act_keys), keys),
        limited(before_agreement(web::freshly_signed_in(
                    post<KeysForm>("/letters/keys/wrapped", member, act_rewrap))),
                keys),
        limited(before_agreement(post<NotesForm>("/letters/notes", member, act_notes)),
                {limits::notes_kept_max, limits::notes_kept_time}),
        get<BeginPage>(new_path, member, show_begin),
        limited(post<BeginForm>(new_path, member, act_begin), {60, 1h}),
        get<ConversationPage>(conversation_pattern, member, show_conversation),
        limited(post<SendForm>(conversation_pattern, member, act_send),
                {limits::letters_sent_max, limits::letters_sent_time}),
        web::by_itself(get_raw("/letters/{id}/live", member, show_live)),
        before_agreement(post<ReadForm>("/letters/{id}/read", member, act_read)),
        post<NoFields>("/letters/{id}/receipts", member, act_receipts),
        before_agreement(
            post<NoFields>("/letters/{id}/receipts/take-back", member, act_no_receipts)),
        get_raw("/letters/{id}/{letter}/picture", member, show_picture),
        before_agreement(post<NoFields>("/letters/{id}/{letter}/take-back", member, act_take_back)),
    };
}

/// A letter as the copy of everything has it, and the name of its picture's file.
struct ExportedLetter {
    std::string conversation;
    bool own = false;
    Time at{};
    std::string sealed;
    std::optional<std::string> picture;
};
BOOST_DESCRIBE_STRUCT(ExportedLetter, (), (conversation, own, at, sealed, picture))

struct ExportedLetters {
    std::string how_to_read;
    std::optional<OwnKeys> keys;
    Notes notes;
    std::vector<ExportedLetter> letters;
};
BOOST_DESCRIBE_STRUCT(ExportedLetters, (), (how_to_read, keys, notes, letters))

/// Pictures are files of their own, as `age` takes them, each read by itself; those that are too
/// many, the oldest, are left to the pages of letters.
std::vector<ExportedLetter> add_letters(database::Read& read, Viewer const& own,
                                        web::Archive& archive) {
    auto rows = letters_to_export(read, own);
    std::vector<ExportedLetter> letters(rows.size());
    auto left = limits::pictures_exported_max;
    for (auto at = rows.size(); at-- > 0;) {
        auto& row = rows[at];
        auto& letter = letters[at];
        letter = {std::move(row.conversation), row.own, row.at, std::move(row.sealed), {}};
        if (row.picture_size == 0 || row.picture_size > left) continue;
        auto const sealed = picture_of(read, own, row.id);
        auto const bytes = sealed ? from_base64url(*sealed) : std::nullopt;
        if (!bytes) continue;
        left -= row.picture_size;
        letter.picture = "letters/" + row.public_id.text() + ".age";
        archive.add_file(*letter.picture,
                         {reinterpret_cast<char const*>(bytes->data()), bytes->size()});
    }
    return letters;
}

void export_letters(web::Site& site, database::Read& read, Id<Member> of, web::Archive& archive) {
    Viewer const own{of, Role::member};
    auto const language = members::language_of(
        read, members::account_of(read, Viewer::server(), of).value_or(members::Account{}));
    ExportedLetters view;
    view.how_to_read = site.words.say(language, "letters.how_to_read");
    view.keys = own_keys(read, own);
    view.notes = own_notes(read, own);
    view.letters = add_letters(read, own, archive);
    archive.add("letters", site.words.say(language, "letters.title"), view);
}

std::vector<web::TodayCard> today(web::Call& call) {
    if (!any_waits(call.read(), call.viewer())) return {};
    web::TodayCard card;
    card.title = call.say("letters.today_title");
    card.lines = {call.say("letters.today_line")};
    card.url = letters_path;
    card.action = call.say("letters.today_open");
    return {card};
}

web::Probe fixed(std::string_view path) {
    return {path, [path](database::Read&) { return std::vector{std::string(path)}; }};
}

/// Each conversation of anybody, whose own paths `after` follows.
web::Probe each(std::string_view pattern, std::string after) {
    return {pattern, [after = std::move(after)](database::Read& read) {
                std::vector<std::string> paths;
                for (auto const& id : all_conversations(read, Viewer::server()))
                    paths.push_back(url_of(id) + after);
                return paths;
            }};
}

std::vector<std::string> picture_paths(database::Read& read) {
    std::vector<std::string> paths;
    for (auto const& place : letters_with_pictures(read, Viewer::server()))
        paths.push_back(url_of(place.conversation) + "/" + place.letter.text() + "/picture");
    return paths;
}

std::vector<std::string> begin_paths(database::Read& read) {
    std::vector<std::string> paths;
    for (auto const& id : some_members(read, Viewer::server()))
        paths.push_back(std::string(new_path) + "?to=" + id.text());
    return paths;
}

}  // namespace

web::Slice letters_slice() {
    return {
        .name = "letters",
        .resources = letters_resources(),
        .routes = letters_routes(),
        .pages = {web::page<LettersPage>(), web::page<KeysPage>(), web::page<BeginPage>(),
                  web::page<ConversationPage>()},
        .jobs = {{deliver_job, deliver_queued}},
        .today = today,
        .notices = {{letter_came}},
        .export_for = web::ExportFor(export_letters),
        .erase_for = web::EraseFor(erase_letters),
        .probes = std::vector<web::Probe>{fixed(letters_path),
                                          fixed(keys_path),
                                          {new_path, begin_paths},
                                          each(conversation_pattern, ""),
                                          each("/letters/{id}/live", "/live"),
                                          {"/letters/{id}/{letter}/picture", picture_paths}},
    };
}

}  // namespace kith::letters
