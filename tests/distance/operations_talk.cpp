#include "operations.hpp"
#include "pictures.hpp"
#include "talk/quotes.hpp"

namespace kith::apart {
namespace {

std::string top_of(Words const& words) { return words.parent.empty() ? words.id : words.parent; }

/// Somewhere to say something: an essay or a conversation.
std::optional<Turn::OnThing> place(Turn& turn) {
    if (turn.side == Side::small) return turn.on(&Things::conversations);
    return turn.pick(3) == 0 ? turn.on(&Things::conversations) : turn.on(&Things::essays);
}

void comment(Turn& turn) {
    if (auto const on = place(turn)) turn.say(on->who, on->thing.path, turn.words());
}

void mention(Turn& turn) {
    auto const on = place(turn);
    constexpr Who named[] = {Who::lea, Who::mo, Who::nia};
    auto const whom = turn.pick(2) == 0 ? Who::lea : named[turn.pick(3)];
    if (on) turn.say(on->who, on->thing.path, "@" + name_of(whom) + ", " + turn.words());
}

/// Whether all that stands in the thread of these words is hidden: an answer to an answer stands
/// under the words at the top, whoever wrote those in between.
bool is_under_hidden(World const& world, Words const& words) {
    auto const top = top_of(words);
    for (auto const& other : world.hidden.words)
        if (other.id == top) return true;
    return false;
}

void reply(Turn& turn) {
    auto const on = turn.on_words();
    if (!on) return;
    bool const of_hal = on->who == Who::hal || turn.side != Side::hidden;
    if (!of_hal && !is_under_hidden(turn.world, on->words)) return;
    auto const id = turn.world.say(on->who, on->words.place, turn.words(), on->words.id);
    if (!id.empty()) turn.made().words.push_back({id, on->words.place, top_of(on->words), on->who});
}

void quote(Turn& turn) {
    auto const on = turn.on_words();
    if (!on) return;
    auto const id = PublicId::parse(on->words.id);
    turn.say(on->who, on->words.place,
             talk::quote_of("Someone", *id, "as was said") + "\n\n" + turn.words());
}

void edit(Turn& turn) {
    if (auto const on = turn.on_own_words())
        turn.world.post(on->who, "/comments/" + on->words.id + "/edit",
                        {{"body", turn.words() + " @" + name_of(Who::lea)}});
}

void take_back(Turn& turn) {
    if (auto const on = turn.on_own_words())
        turn.world.post(on->who, "/comments/" + on->words.id + "/delete");
}

void kind(Turn& turn) {
    constexpr std::string_view kinds[] = {"heard", "thinking_of_you", "with_you"};
    if (auto const on = turn.on_words())
        turn.world.post(on->who, "/comments/" + on->words.id + "/kind",
                        {{"kind", std::string(kinds[turn.pick(3)])}});
}

void kind_back(Turn& turn) {
    if (auto const on = turn.on_words())
        turn.world.post(on->who, "/comments/" + on->words.id + "/kind/take-back");
}

void vote(Turn& turn) {
    if (auto const on = turn.on(&Things::polls))
        turn.world.post(on->who, on->thing.path + "/vote",
                        {{"choice", std::to_string(1 + turn.pick(2))}});
}

void vote_back(Turn& turn) {
    if (auto const on = turn.on(&Things::polls))
        turn.world.post(on->who, on->thing.path + "/take-back");
}

void picture(Turn& turn) {
    auto const on = place(turn);
    if (!on) return;
    turn.world.upload(on->who, on->thing.path + "/comments",
                      {{"body", turn.words()}, {"about_picture_1", turn.words()}},
                      {{"picture_1", tests::one_pixel()}});
}

void fold(Turn& turn) { turn.world.post(turn.someone(), "/settings/folds", {{"words", "rain"}}); }

/// A host puts words aside that stand under an essay, or lets them be read again.
void hold(Turn& turn) {
    std::vector<Words> under_essays;
    for (auto const& words : turn.made().words)
        if (words.place.starts_with("/essays/")) under_essays.push_back(words);
    if (under_essays.empty()) return;
    auto const& words = under_essays[turn.pick(under_essays.size())];
    turn.world.post(Who::sia, "/comments/" + words.id + (turn.pick(3) != 0 ? "/hold" : "/release"));
}

std::vector<std::string> paths(World const& world) {
    std::vector<std::string> paths{"/comments/" + std::string(22, 'A')};
    for (auto const* things : {&world.open, &world.hidden, &world.small})
        for (auto const& words : things->words)
            for (auto const* part : {"", "/history", "/edit"})
                paths.push_back("/comments/" + words.id + part);
    for (auto const& words : world.hidden.words) {
        paths.push_back(words.place + "?reply=" + words.id);
        paths.push_back(words.place + "?quote=" + words.id);
    }
    return paths;
}

}  // namespace

RoomOperations talk_operations() {
    return {"talk",
            {{"comment", comment, true},
             {"mention", mention, true},
             {"reply", reply, true},
             {"quote", quote, true},
             {"edit", edit, true},
             {"take words back", take_back, true},
             {"kind reply", kind, true},
             {"take a kind reply back", kind_back, true},
             {"vote", vote, true},
             {"take a vote back", vote_back, true},
             {"comment with a picture", picture, true},
             {"fold words", fold},
             {"put words aside", hold}},
            paths};
}

}  // namespace kith::apart
