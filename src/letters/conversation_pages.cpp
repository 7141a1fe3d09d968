#include "base/base64url.hpp"
#include "bonds/bonds.hpp"
#include "distance/distance_link.hpp"
#include "letters/letters_views.hpp"
#include "letters/limits.hpp"
#include "members/house_links.hpp"
#include "web/moment.hpp"
#include "web/respond.hpp"

namespace kith::letters {

using web::Answer;
using web::Call;

namespace {

constexpr Time far_off{std::chrono::microseconds(std::numeric_limits<std::int64_t>::max())};

std::string list_of(ConversationRow const& row) { return "letters " + row.public_id.text(); }

/// A place in a conversation as a cursor: the time, and the letter that stands there.
std::string cursor_of(Call const& call, ConversationRow const& row, LetterRow const& letter) {
    Seal::Place const place{std::to_string(letter.at.time_since_epoch().count()), letter.id.value};
    return call.site.seal.cursor(call.viewer(), list_of(row), place);
}

/// What of the conversation is asked for: its end, or what stands before or after a place.
LetterWish wish_of(Call const& call, ConversationRow const& row) {
    auto const* before = call.query.find("before");
    auto const* after = call.query.find("after");
    LetterWish wish{LetterWish::Way::before, far_off, 0, limits::letters_shown + 1};
    if (!before && !after) return wish;
    auto const place = call.site.seal.place(call.viewer(), list_of(row), before ? *before : *after);
    if (!place) throw Refusal::malformed();
    if (!before) wish.way = LetterWish::Way::after;
    wish.at = Time(std::chrono::microseconds(std::stoll(place->words)));
    wish.letter = place->position;
    return wish;
}

bool is_receipt(ConversationRow const& row, LetterRow const& letter) {
    return letter.own && letter.read_at && row.receipts_since && row.other_receipts_since &&
           *letter.read_at >= std::max(*row.receipts_since, *row.other_receipts_since);
}

LetterView view_of(Call const& call, ConversationPage const& page, ConversationRow const& row,
                   LetterRow letter) {
    auto const url = page.url + "/" + letter.public_id.text();
    LetterView view;
    view.own = letter.own;
    view.sequence = letter.sequence;
    view.at = letter.at;
    if (letter.has_picture) view.picture_url = url + "/picture";
    if (letter.own && letter.unsend_until && *letter.unsend_until > call.now())
        view.unsend_url = url + "/take-back";
    view.read = page.near && is_receipt(row, letter);
    view.sealed = std::move(letter.sealed);
    view.id = std::move(letter.public_id);
    return view;
}

void add_letters(Call& call, ConversationRow const& row, ConversationPage& page) {
    auto const wish = wish_of(call, row);
    auto rows = letters_of(call.read(), call.viewer(), row.id, wish);
    bool const before = wish.way == LetterWish::Way::before;
    bool const more = rows.size() > limits::letters_shown;
    if (more) rows.erase(before ? rows.begin() : rows.end() - 1);
    bool const at_end = before && wish.at == far_off;
    if (!rows.empty()) {
        if (before ? more : true)
            page.earlier_url = page.url + "?before=" + cursor_of(call, row, rows.front());
        if (before ? !at_end : more)
            page.later_url = page.url + "?after=" + cursor_of(call, row, rows.back());
    }
    for (auto& letter : rows) page.letters.push_back(view_of(call, page, row, std::move(letter)));
}

/// What the viewer is told of the other: while letters are open between them, and never after.
void add_other(Call& call, ConversationRow const& row, ConversationPage& page) {
    auto const step = bonds::effective_step(call.read(), call.viewer(), row.other);
    page.key = key_of(call.read(), call.viewer(), row.other);
    page.near = row.open && step >= bonds::Step::near;
    page.kin = row.open && step >= bonds::Step::kin;
    if (!row.open) return;
    page.name = row.other_name;
    page.other_id = row.other_id;
    page.other_url = "/members/" + row.other_id.text();
    if (members::has_page(call.site, "/members/{id}/bond"))
        page.bond_url = *page.other_url + "/bond";
    page.distance_url = distance::distance_url(call, row.other_id, row.other_name, letters_path);
    if (page.near) page.live_url = page.url + "/live";
}

}  // namespace

std::string url_of(PublicId const& conversation) { return "/letters/" + conversation.text(); }

ConversationRow own_conversation(Call const& call, database::Read& read) {
    auto row = find_conversation(read, call.viewer(), call.id());
    if (!row) throw Refusal::not_found();
    return *std::move(row);
}

Answer show_letters(Call& call) {
    LettersPage view;
    view.desk = desk_of(call);
    for (auto& item : list_conversations(call.read(), call.viewer())) {
        ConversationLine line;
        line.url = url_of(item.public_id);
        line.id = std::move(item.public_id);
        line.open = item.open;
        if (item.open) {
            line.distance_url =
                distance::distance_url(call, item.other_id, item.other_name, letters_path);
            line.name = std::move(item.other_name);
        }
        if (item.latest) web::write_date(line.day.emplace(), *item.latest, call.reading());
        line.waits = item.waits;
        view.items.push_back(std::move(line));
    }
    view.any = !view.items.empty();
    return web::respond(call, view, {.title = call.say("letters.title"), .place = web::Place::you});
}

Answer show_begin(Call& call) {
    auto const to = PublicId::parse(call.query.text("to"));
    auto const person = find_person(call.read(), call.viewer(), to.value_or(PublicId()));
    if (!person) throw Refusal::not_found();
    if (auto const begun = conversation_with(call.read(), call.viewer(), person->member))
        return web::done(call, url_of(*begun));
    BeginPage const view{person->name, person->public_id.text()};
    return web::respond(call, view, {.title = call.say("letters.title"), .place = web::Place::you});
}

Answer show_conversation(Call& call) {
    auto const row = own_conversation(call, call.read());
    ConversationPage view;
    view.desk = desk_of(call);
    view.id = row.public_id;
    view.url = url_of(row.public_id);
    view.open = row.open;
    add_other(call, row, view);
    view.receipts = view.near && row.receipts_since.has_value();
    view.last_sequence = last_sequence(call.read(), call.viewer(), row.id);
    add_letters(call, row, view);
    return web::respond(call, view, {.title = call.say("letters.title"), .place = web::Place::you});
}

Answer show_picture(Call& call) {
    auto const row = own_conversation(call, call.read());
    auto const id = PublicId::parse(call.parameter("letter"));
    auto const letter = find_letter(call.read(), call.viewer(), row.id, id.value_or(PublicId()));
    auto const sealed = letter ? picture_of(call.read(), call.viewer(), letter->id) : std::nullopt;
    auto const bytes = sealed ? from_base64url(*sealed) : std::nullopt;
    if (!bytes) throw Refusal::not_found();
    return web::raw("application/octet-stream",
                    std::string(reinterpret_cast<char const*>(bytes->data()), bytes->size()));
}

}  // namespace kith::letters
