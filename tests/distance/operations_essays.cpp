#include "operations.hpp"
#include "pictures.hpp"

namespace kith::apart {
namespace {

FormFields essay_form(Turn& turn) {
    auto const words = turn.words();
    return {{"title", words},
            {"body", words + " and more"},
            {"audience", turn.pick(4) == 0 ? "members" : "anyone"},
            {"publish", "1"}};
}

void publish(Turn& turn) {
    auto const who = turn.side == Side::hidden ? Who::hal : turn.someone();
    auto const path = led_to(turn.world.post(who, "/essays/new", essay_form(turn)));
    if (path.starts_with("/essays/") && !path.ends_with("/edit"))
        turn.made().essays.push_back({path, who});
}

void draft(Turn& turn) {
    turn.world.post(turn.someone(), "/essays/draft",
                    {{"title", turn.words()}, {"body", turn.words()}});
}

void edit(Turn& turn) {
    auto const on = turn.on_own(&Things::essays);
    if (!on) return;
    auto form = essay_form(turn);
    auto const page = turn.world.browser(on->who).get_json(on->thing.path + "/edit");
    form.emplace_back("version", json_text(page, "version"));
    turn.world.post(on->who, on->thing.path + "/edit", form);
}

void withdraw(Turn& turn) {
    // One essay of each stays, so that there is something to talk about.
    auto const& all = turn.made().essays;
    if (all.size() < 4 && turn.side == Side::open) return;
    if (auto const on = turn.on_own(&Things::essays))
        turn.world.post(on->who, on->thing.path + (turn.pick(3) == 0 ? "/withdraw" : "/publish"));
}

void picture(Turn& turn) {
    if (auto const on = turn.on_own(&Things::essays))
        turn.world.upload(on->who, on->thing.path + "/picture",
                          {{"alt", turn.words()}, {"above", "1"}},
                          {{"picture", tests::one_pixel()}});
}

void thanks(Turn& turn) {
    constexpr Who to[] = {Who::lea, Who::mo, Who::nia, Who::gil};
    auto const on = turn.on(&Things::essays);
    if (!on) return;
    // What others sent her while nobody was apart is theirs to have said: it stays.
    if (turn.side == Side::hidden && !turn.world.apart && on->who != Who::hal) return;
    turn.world.post(on->who, on->thing.path + "/thanks",
                    {{"to", name_of(to[turn.pick(4)])}, {"note", turn.words()}});
}

void reach_out(Turn& turn) {
    if (auto const on = turn.on(&Things::essays))
        turn.world.post(on->who, on->thing.path + "/reach-out", {{"body", turn.words()}});
}

void offer(Turn& turn) {
    turn.world.post(turn.someone(), "/settings/reach-out",
                    {{"takes_letters", turn.pick(2) == 0 ? "1" : "0"},
                     {"when_read", turn.words()},
                     {"answer_days", "5"}});
}

std::vector<std::string> paths(World const& world) {
    std::vector<std::string> paths{"/essays?after=" + std::string(22, 'A'), "/essays?after=x"};
    for (auto const* things : {&world.open, &world.hidden})
        for (auto const& essay : things->essays)
            for (auto const* part :
                 {"", "/text", "/picture", "/history", "/edit", "/reach-out", "?comments=x"})
                paths.push_back(essay.path + part);
    return paths;
}

}  // namespace

RoomOperations essays_operations() {
    return {"essays",
            {{"publish", publish},
             {"keep a draft", draft},
             {"edit an essay", edit},
             {"withdraw an essay", withdraw},
             {"put a picture to an essay", picture},
             {"thank", thanks},
             {"reach out", reach_out},
             {"take letters", offer}},
            paths};
}

}  // namespace kith::apart
