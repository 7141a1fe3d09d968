#include "pair.hpp"

#include <algorithm>

#include "app/slices.hpp"

namespace kith::apart {
namespace {

using namespace std::chrono_literals;

Setting setting_of(Trial const& trial, Plan const& plan) {
    Setting setting;
    setting.engine = trial.engine;
    setting.lea = plan.lea;
    setting.slices = trial.slices.empty() ? app::all_slices() : trial.slices;
    return setting;
}

std::vector<std::string> both(std::vector<std::string> one, std::vector<std::string> const& other) {
    one.insert(one.end(), other.begin(), other.end());
    std::sort(one.begin(), one.end());
    one.erase(std::unique(one.begin(), one.end()), one.end());
    return one;
}

}  // namespace

Pair::Pair(Trial const& trial, Plan const& plan)
    : trial_(trial), plan_(plan), one_(setting_of(trial, plan)), other_(setting_of(trial, plan)) {
    in_one_.world = &one_;
    in_other_.world = &other_;
}

void Pair::separate(World& world) {
    world.begin_event("separation");
    world.apart = true;
    if (plan_.keeps != Keeps::lea) world.post(Who::hal, world.page_of(Who::lea) + "/distance");
    if (plan_.keeps != Keeps::hal) world.post(Who::lea, world.page_of(Who::hal) + "/distance");
}

void Pair::keep_apart() {
    for (auto* world : {&one_, &other_}) {
        separate(*world);
        world->write([&](database::Write& write) {
            for (auto const& sql : trial_.at_once) database::execute(write, sql);
        });
    }
}

void Pair::hidden_event(World& world, std::size_t step, std::size_t index, Event const& event) {
    world.begin_event("hidden " + std::to_string(step) + " " + std::to_string(index));
    auto const before = world.posts_taken;
    auto const name = happen(world, Side::hidden, event.number, event.chance);
    hidden_taken[std::string(name)] += world.posts_taken - before;
}

std::string Pair::public_event(World& world, std::size_t step, Step const& taken) {
    world.begin_event("public " + std::to_string(step));
    return std::string(happen(world, taken.in_small ? Side::small : Side::open, taken.open.number,
                              taken.open.chance));
}

/// Where Lea listens: everywhere that she may, in both worlds.
std::vector<std::string> Pair::places() const {
    std::vector<std::string> places;
    for (auto const* things :
         {&other_.open.essays, &other_.open.conversations, &other_.small.conversations})
        for (auto const& thing : *things) places.push_back(thing.path);
    return places;
}

bool Pair::is_looked_at(std::string_view path) const {
    path = path.substr(0, path.find('?'));
    auto const& all = trial_.look_at;
    return all.empty() || std::any_of(all.begin(), all.end(), [&](std::string_view one) {
               return path == one ||
                      (one.size() > 1 && one.ends_with('/') && path.starts_with(one));
           });
}

std::optional<Finding> Pair::with_hidden_events() {
    // What was done just before, and told to nobody yet, is hidden as well.
    auto& hidden = plan_.steps.at(0).hidden;
    auto const half = hidden.begin() + static_cast<std::ptrdiff_t>(hidden.size() / 2);
    std::vector<Event> const before(hidden.begin(), half);
    hidden.erase(hidden.begin(), half);
    for (std::size_t i = 0; i < before.size(); ++i) hidden_event(one_, 1000, i, before[i]);
    keep_apart();
    for (std::size_t step = 0; step < plan_.steps.size(); ++step) {
        if (auto found = compare_step(step)) return found;
    }
    if (trial_.look_at.empty())
        if (auto found = compare_deeds()) return found;
    return compare_copies();
}

std::optional<Finding> Pair::compare_step(std::size_t step) {
    auto const& taken = plan_.steps[step];
    Streams in_one(one_, places());
    Streams in_other(other_, places());
    for (auto* world : {&one_, &other_}) world->move(30min);
    for (std::size_t i = 0; i < taken.hidden.size(); ++i)
        hidden_event(one_, step, i, taken.hidden[i]);
    for (auto* world : {&one_, &other_}) {
        world->move(7min);
        world->lea_got.clear();
        event_ = public_event(*world, step, taken);
    }
    auto found = compare_lists("an answer to Lea's own deed", one_.lea_got, other_.lea_got);
    if (!found) found = compare_lists("an event stream", in_one.told(), in_other.told());
    if (!found)
        found = compare_lists("an event stream, heard again", in_one.told_again(),
                              in_other.told_again());
    for (auto* world : {&one_, &other_}) world->move(step % 2 == 0 ? 2min : 13h);
    if (!found) found = compare_lists("mail and push", one_.deliveries(), other_.deliveries());
    bool const last = step + 1 == plan_.steps.size();
    if (!found && (last || !trial_.look_once)) found = compare_pages(step, last);
    if (found) found->step = step, found->event = event_;
    return found;
}

std::optional<Finding> Pair::compare_lists(std::string const& channel,
                                           std::vector<std::string> const& one,
                                           std::vector<std::string> const& other) {
    if (one.size() != other.size())
        return Finding{
            0, {}, channel, std::to_string(one.size()) + " and " + std::to_string(other.size())};
    for (std::size_t i = 0; i < one.size(); ++i) {
        Seen const here{200, {}, in_one_.rename(one[i]), 0};
        Seen const there{200, {}, in_other_.rename(other[i]), 0};
        if (auto what = difference(here, there); !what.empty())
            return Finding{0, {}, channel, what};
        if (marks_told_ && one[i].find("unseen") != std::string::npos)
            return Finding{0, {}, channel, "it names what is hidden"};
    }
    return std::nullopt;
}

std::optional<Finding> Pair::compare_pages(std::size_t step, bool thorough) {
    auto const paths = both(paths_of(one_), paths_of(other_));
    constexpr Way others[] = {Way::data, Way::head, Way::unless_known};
    // What a session was last used for is written once a minute: it is written now.
    for (auto* view : {&in_one_, &in_other_}) {
        static_cast<void>(look(*view, "/", Way::page));
        view->world->settle();
    }
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (!is_looked_at(paths[i])) continue;
        if (auto found = compare_page(paths[i], Way::page)) return found;
        for (std::size_t way = 0; way < 3; ++way)
            if (thorough ? way == 0 || (i + way) % 2 == 0 : (i + step) % 3 == way)
                if (auto found = compare_page(paths[i], others[way])) return found;
    }
    return std::nullopt;
}

std::optional<Finding> Pair::compare_page(std::string const& path, Way way) {
    auto const here = look(in_one_, path, way);
    auto const there = look(in_other_, path, way);
    auto const probe = path + " " + std::string(name_of(way));
    if (auto what = difference(here, there); !what.empty()) return Finding{0, {}, probe, what};
    if (marks_told_ && path.find("unseen") == std::string::npos &&
        here.body.find("unseen") != std::string::npos)
        return Finding{0, {}, probe, "it names what is hidden"};
    if (way == Way::data && here.status == 200) return compare_next(path);
    return std::nullopt;
}

/// The page after this one, by the cursor that each world gave.
std::optional<Finding> Pair::compare_next(std::string const& path) {
    std::vector<Seen> seen;
    for (auto* view : {&in_one_, &in_other_}) {
        auto const url = json_text(view->world->browser(Who::lea).get_json(path), "next_url");
        seen.push_back(url.starts_with('/') ? look(*view, url, Way::page) : Seen{});
    }
    auto const what = difference(seen[0], seen[1]);
    if (what.empty()) return std::nullopt;
    return Finding{0, {}, "the page after " + path, what};
}

/// Everything of Lea's own, as she takes it away.
std::optional<Finding> Pair::compare_copies() {
    std::vector<std::string> copies;
    for (auto* world : {&one_, &other_}) {
        world->move(1min);
        auto browser = world->fresh_browser(Who::lea);
        world->begin_event("copy");
        auto const reply = browser.post("/settings/copy");
        copies.push_back(std::to_string(reply.status) + reply.body);
        if (reply.status != 200) throw std::runtime_error("no copy: " + reply.body);
    }
    if (copies[0] == copies[1]) return std::nullopt;
    return Finding{
        plan_.steps.size(), "a copy of everything", "POST /settings/copy",
        std::to_string(copies[0].size()) + " and " + std::to_string(copies[1].size()) + " bytes"};
}

Plan everything(Keeps keeps, std::uint32_t chance, Role lea) {
    Plan plan;
    plan.keeps = keeps;
    plan.lea = lea;
    Step step;
    for (std::uint16_t round = 0; round < 2; ++round)
        for (std::uint16_t i = 0; i < all_operations().size(); ++i)
            step.hidden.push_back({i, chance + 1000U * round + i});
    plan.steps = {std::move(step)};
    return plan;
}

std::string described(Finding const& finding) {
    return "step " + std::to_string(finding.step + 1) + " (" + finding.event + "), " +
           finding.probe + ": " + finding.what;
}

std::string described(Plan const& plan) {
    constexpr std::string_view keeps[] = {"Hal keeps distance", "Lea keeps distance", "both do"};
    auto const& all = all_operations();
    std::string text(keeps[static_cast<std::size_t>(plan.keeps)]);
    text += plan.lea == Role::member ? "; Lea is a member" : "; Lea is a guide or steward";
    for (auto const& step : plan.steps) {
        text += "\n  " + std::string(step.in_small ? "near: " : "") +
                std::string(all[step.open.number % all.size()].name) + " " +
                std::to_string(step.open.chance);
        for (auto const& event : step.hidden)
            text += "\n    unseen: " + std::string(all[event.number % all.size()].name) + " " +
                    std::to_string(event.chance);
    }
    return text;
}

}  // namespace kith::apart
