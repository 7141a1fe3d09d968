// Ways in which Lea could ask on purpose: deeds at what she can't see, and her own distance.
#include <algorithm>

#include "pair.hpp"
#include "web/router.hpp"

namespace kith::apart {
namespace {

using namespace std::chrono_literals;

constexpr database::Sql sent_thanks =
    "delete from thanks where sender = (select id from members where name = 'Hal Hidden')";
constexpr database::Sql told_notices =
    "delete from notices where sender = (select id from members where name = 'Hal Hidden')";

/// What the first {…} of a pattern stands for, among what is hidden in this world.
std::vector<std::string> hidden_named(World const& world, std::string_view pattern) {
    auto const begins = [&](std::string_view with) { return pattern.starts_with(with); };
    std::vector<std::string> paths;
    auto const add = [&](std::string const& prefix, std::vector<Thing> const& things) {
        for (auto const& thing : things)
            paths.push_back(thing.path.substr(std::min(prefix.size(), thing.path.size())));
    };
    if (begins("/essays/{")) add("/essays/", world.hidden.essays);
    if (begins("/conversations/{")) add("/conversations/", world.hidden.conversations);
    if (begins("/polls/{")) add("/polls/", world.hidden.polls);
    if (begins("/introductions/{")) add("/introductions/", world.hidden.hellos);
    if (begins("/comments/{"))
        for (auto const& words : world.hidden.words) paths.push_back(words.id);
    if (begins("/circles/{") && !world.hidden.others.empty())
        paths.push_back(world.hidden.others.back().substr(std::string("/circles/").size()));
    if (paths.size() > 2) paths.erase(paths.begin() + 1, paths.end() - 1);
    return paths;
}

std::string filled(std::string_view pattern, std::string const& first) {
    std::string path(pattern);
    std::string value = first;
    for (auto open = path.find('{'); open != std::string::npos; open = path.find('{')) {
        path.replace(open, path.find('}') - open + 1, value);
        value = std::string(22, 'A');
    }
    return path;
}

/// Names of Hal's, and words of his, that a body shows.
std::size_t shown_of_hal(std::string const& body) {
    std::size_t count = 0;
    for (std::string_view const mark : {"unseen", "Hal Hidden"})
        for (auto at = body.find(mark); at != std::string::npos; at = body.find(mark, at + 1))
            ++count;
    return count;
}

}  // namespace

/// Every deed of the house, at what only one of the worlds has: to Lea it is a forged id in both.
std::optional<Finding> Pair::compare_deeds() {
    FormFields const form{{"body", "To nobody"}, {"choice", "1"},     {"kind", "heard"},
                          {"words", "Please"},   {"to", "Mo Member"}, {"title", "To nobody"},
                          {"minutes", "5"}};
    for (auto const& route : one_.site->house().router().routes()) {
        if (route.verb != web::Verb::post) continue;
        for (auto const& first : hidden_named(one_, route.pattern)) {
            auto const path = filled(route.pattern, first);
            for (auto* world : {&one_, &other_}) {
                world->begin_event("deed " + path);
                world->lea_got.clear();
                world->post(Who::lea, path, form);
            }
            if (auto found = compare_lists("POST " + path, one_.lea_got, other_.lea_got)) {
                found->step = plan_.steps.size();
                found->event = "a deed at what is hidden";
                return found;
            }
        }
    }
    return std::nullopt;
}

/// All that anyone may do at any time: nothing of Hal's is left to be seen, nor what others said
/// under it.
void Pair::withdraw(World& world) {
    world.begin_event("withdrawal");
    world.post(Who::hal, "/settings/profile", {{"name", name_of(Who::hal)}});
    for (auto const& essay : world.hidden.essays)
        if (essay.by == Who::hal) world.post(Who::hal, essay.path + "/withdraw");
    world.post(Who::hal, "/settings/reach-out", {{"takes_letters", "0"}});
    for (auto const& words : world.hidden.words)
        world.post(words.by, "/comments/" + words.id + "/delete");
    for (auto const& words : world.open.words)
        world.post(Who::hal, "/comments/" + words.id + "/kind/take-back");
    for (auto const& poll : world.open.polls) world.post(Who::hal, poll.path + "/take-back");
    for (auto const& talk : world.hidden.conversations)
        if (talk.by == Who::hal) world.post(Who::hal, talk.path + "/withdraw");
    for (auto const& hello : world.hidden.hellos)
        if (hello.by == Who::hal) world.post(Who::hal, hello.path + "/withdraw");
    auto const letters = world.browser(Who::hal).get_json("/reach-outs").body;
    auto const at = letters.find("/reach-outs/");
    if (at != std::string::npos)
        world.post(Who::hal, letters.substr(at, 12 + PublicId::length) + "/close");
    world.post(Who::hal, world.page_of(Who::lea) + "/bond/step-back", {{"step", "apart"}});
    world.post(Who::hal, world.wide + "/leave");
}

std::optional<Finding> Pair::apart_or_withdrawn() {
    plan_.keeps = Keeps::hal;
    marks_told_ = false;
    // What can't be taken back, once it was sent: docs/distance.md says so.
    for (auto* world : {&one_, &other_})
        world->write([](database::Write& write) {
            for (auto const& sql : {sent_thanks, told_notices}) database::execute(write, sql);
        });
    separate(one_);
    withdraw(other_);
    for (std::size_t step = 0; step < plan_.steps.size(); ++step)
        if (auto found = compare_step(step)) return found;
    // She tries what she can do herself: to keep distance, and to take it back. Each time is looked
    // at by itself: docs/distance.md says what the place where a page listens from could tell.
    for (auto const* deed : {"/distance", "/mute", "/unmute", "/distance/take-back"}) {
        in_one_ = View{&one_, {}, {}};
        in_other_ = View{&other_, {}, {}};
        for (auto* world : {&one_, &other_}) {
            world->begin_event(std::string("oracle ") + deed);
            world->lea_got.clear();
            world->post(Who::lea, world->page_of(Who::hal) + deed);
        }
        auto found = compare_lists(deed, one_.lea_got, other_.lea_got);
        if (!found) found = compare_pages(plan_.steps.size(), false);
        if (found) {
            found->step = plan_.steps.size();
            found->event = std::string("Lea tries ") + deed;
            return found;
        }
    }
    return std::nullopt;
}

std::optional<Finding> Pair::more_by_keeping() {
    plan_.keeps = Keeps::lea;
    separate(one_);
    for (std::size_t step = 0; step < plan_.steps.size(); ++step) {
        auto const& taken = plan_.steps[step];
        for (auto* world : {&one_, &other_}) {
            world->move(30min);
            for (std::size_t i = 0; i < taken.hidden.size(); ++i)
                hidden_event(*world, step, i, taken.hidden[i]);
            event_ = public_event(*world, step, taken);
        }
    }
    auto paths = paths_of(one_);
    for (auto const& path : paths_of(other_)) paths.push_back(path);
    for (auto const& path : paths) {
        // Her own list of whom she keeps distance from names them.
        if (path == "/settings/distance" || path.ends_with("/distance")) continue;
        for (auto const way : {Way::page, Way::data}) {
            auto const kept = look(in_one_, path, way);
            auto const not_kept = look(in_other_, path, way);
            if (shown_of_hal(kept.body) > shown_of_hal(not_kept.body))
                return Finding{plan_.steps.size(), event_, path + " " + std::string(name_of(way)),
                               "more of Hal than without distance"};
        }
    }
    return std::nullopt;
}

}  // namespace kith::apart
