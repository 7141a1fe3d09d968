#include "operations.hpp"

namespace kith::apart {
namespace {

void begin(Turn& turn) {
    auto const who = turn.someone();
    bool const poll = turn.pick(2) == 0;
    FormFields form{{"title", turn.words()},
                    {"body", turn.words()},
                    {"asks_for", "nothing"},
                    {"patience", turn.side == Side::hidden ? "day" : "stay"}};
    if (poll) {
        form.emplace_back("poll_question", turn.words());
        form.emplace_back("poll_choices", "Bread\nTea");
    }
    auto const wide = turn.pick(4) == 0 ? turn.world.own : turn.world.wide;
    auto const& circle = turn.side == Side::small ? turn.world.near : wide;
    auto const path = led_to(turn.world.post(who, circle + "/conversations", form));
    if (!path.starts_with("/conversations/")) return;
    turn.made().conversations.push_back({path, who});
    auto const page = turn.world.browser(who).get_json(path);
    auto const at = page.body.find("/polls/");
    if (poll && at != std::string::npos)
        turn.made().polls.push_back({page.body.substr(at, 7 + PublicId::length), who});
}

void change(Turn& turn) {
    constexpr std::string_view deeds[] = {"/close", "/reopen", "/open-to-later", "/close-to-later"};
    if (auto const on = turn.on_own(&Things::conversations))
        turn.world.post(on->who, on->thing.path + std::string(deeds[turn.pick(4)]));
}

void pin(Turn& turn) {
    if (auto const on = turn.on_own(&Things::conversations))
        turn.world.post(Who::gil, on->thing.path + (turn.pick(3) == 0 ? "/unpin" : "/pin"));
}

void withdraw(Turn& turn) {
    if (turn.side != Side::hidden && turn.made().conversations.size() < 3) return;
    if (auto const on = turn.on_own(&Things::conversations))
        turn.world.post(on->who, on->thing.path + "/withdraw");
}

void read(Turn& turn) {
    if (auto const on = turn.on(&Things::conversations))
        turn.world.post(on->who, on->thing.path + "/read");
}

/// Hal leaves the wide circle and comes back; anybody else goes and asks to come in again.
void leave(Turn& turn) {
    auto const who = turn.side == Side::hidden ? Who::hal : Who::nia;
    turn.world.post(who, turn.world.wide + "/leave");
    turn.world.post(who, turn.world.wide + "/ask",
                    {{"words", turn.words()}, {"agreement_version", "1"}});
}

/// Asks to come into the circle that Lea and Mo keep.
void ask(Turn& turn) {
    auto const who = turn.side == Side::hidden ? Who::hal : Who::gil;
    turn.world.post(who, turn.world.own + "/ask",
                    {{"words", turn.words()}, {"agreement_version", "1"}});
}

/// A keeper lets in who asked: on the hidden side him whose asking is hidden.
void let_in(Turn& turn) {
    bool const own = turn.pick(2) == 0;
    auto const keeper = own ? Who::mo : Who::gil;
    auto const circle = own ? turn.world.own : turn.world.wide;
    auto const page = turn.world.browser(keeper).get_json(circle + "/requests").json();
    for (auto const& item : page.at("items").as_array()) {
        bool const hidden = item.at("words").as_string().find("unseen") != std::string::npos;
        if (hidden != (turn.side == Side::hidden)) continue;
        turn.world.post(keeper, std::string(item.at("let_in_url").as_string()));
        return;
    }
}

void invite(Turn& turn) {
    constexpr Who to[] = {Who::gil, Who::sia};
    bool const hidden = turn.side == Side::hidden;
    auto const& circles = turn.world.hidden.others;
    if (hidden && circles.empty()) return;
    auto const whom = hidden && turn.pick(2) == 0 ? Who::lea : to[turn.pick(2)];
    turn.world.post(hidden ? Who::hal : Who::mo,
                    (hidden ? circles.back() : turn.world.near) + "/invitations",
                    {{"to", name_of(whom)}});
}

void share(Turn& turn) {
    turn.world.post(turn.someone(), "/settings/sharing",
                    {{"values", turn.words()}, {"shown", "1"}});
}

/// A circle of more than twelve of one's own.
void make(Turn& turn) {
    auto const who = turn.someone();
    auto const path = led_to(turn.world.post(who, "/circles/new",
                                             {{"name", turn.words()},
                                              {"purpose", turn.words()},
                                              {"kind", "friends"},
                                              {"size_max", "40"},
                                              {"listing", "listed"},
                                              {"joining", "open"},
                                              {"values", turn.words()},
                                              {"agreement", "Be kind."}}));
    if (path.starts_with("/circles/")) turn.made().others.push_back(path);
}

std::vector<std::string> paths(World const& world) {
    std::vector<std::string> paths{"/circles?after=x", world.near + "/members?after=x"};
    for (auto const& circle : {world.wide, world.own, world.near})
        for (auto const* part : {"", "/members", "/requests", "/invitations", "/conversations"})
            paths.push_back(circle + part);
    for (auto const* things : {&world.open, &world.hidden, &world.small}) {
        for (auto const& conversation : things->conversations) {
            paths.push_back(conversation.path);
            paths.push_back(conversation.path + "?comments=" + std::string(22, 'A'));
        }
        for (auto const& poll : things->polls) paths.push_back(poll.path);
        for (auto const& other : things->others) paths.push_back(other);
    }
    return paths;
}

}  // namespace

RoomOperations circles_operations() {
    return {"circles",
            {{"begin a conversation", begin, true},
             {"close or open a conversation", change, true},
             {"pin a conversation", pin},
             {"withdraw a conversation", withdraw},
             {"read a conversation", read, true},
             {"leave a circle", leave},
             {"ask to come in", ask},
             {"let in", let_in},
             {"make a circle", make},
             {"invite by name", invite},
             {"share", share, true, true}},
            paths};
}

}  // namespace kith::apart
