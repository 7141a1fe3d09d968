// How a simulated community comes to be on the server: by its public ways alone.
#include "simulate/settling.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iterator>

#include "base/random.hpp"
#include "simulate/talking.hpp"

namespace kith::simulate {
namespace {

constexpr std::string_view letters = "abcdefghijkmnpqrstuvwxyz23456789";

/// Not of the seed: nobody shall come in by guessing it.
std::string random_letters(std::size_t count) {
    SystemRandom random;
    std::vector<std::byte> bytes(count);
    random.fill(bytes);
    std::string text;
    for (auto const byte : bytes) text += letters[std::to_integer<std::size_t>(byte) % 32];
    return text;
}

Request post(std::string kind, std::string path, boost::json::object const& body,
             std::string cookie) {
    return {std::move(kind), std::move(path), boost::json::serialize(body), std::move(cookie)};
}

Request get(std::string kind, std::string path, std::string cookie) {
    return {std::move(kind), std::move(path), {}, std::move(cookie)};
}

std::string sign_in_host(Speaker& speaker, std::string const& name, std::string const& password) {
    constexpr int not_this_pair = 422;
    auto const request = post("sign in", "/sign-in", {{"name", name}, {"password", password}}, {});
    auto const answers = speaker.ask({request});
    if (answers.front().fine()) return answers.front().cookie;
    if (answers.front().status == not_this_pair)
        throw Refused("The host " + name +
                      " of the file of people can't sign in here: is it the file that kith demo "
                      "--json printed for this community?");
    return speaker.need_answer(request).cookie;
}

/// Refuses where somebody is there whom nobody named.
void require_only(Speaker& speaker, Host const& host, std::vector<Known> const& known) {
    for (std::string url = "/host/members"; !url.empty();) {
        auto const page = speaker.need(get("list of members", url, host.cookie));
        for (auto const& item : page.at("items").as_array()) {
            auto const name = text_in(item.at("member"), "name");
            if (std::any_of(known.begin(), known.end(),
                            [&](Known const& one) { return one.name == name; }))
                continue;
            throw Refused(
                "There are members here whom the file of people doesn't name, so this may be a "
                "real community, and its people would meet words that hurt. Simulate on an empty "
                "one: kith demo --json --data NEW. If this is a test all the same, say "
                "--yes-this-is-a-test.");
        }
        url = text_in(page, "next_url");
    }
}

std::string network_of(bool loopback, std::size_t number, std::size_t run) {
    return (loopback ? "127." : "10.") + std::to_string(16 + run % 200) + "." +
           std::to_string(number / 250) + "." + std::to_string(1 + number % 250);
}

std::size_t random_number() {
    SystemRandom random;
    std::array<std::byte, 2> bytes{};
    random.fill(bytes);
    return std::to_integer<std::size_t>(bytes[0]) * 256 + std::to_integer<std::size_t>(bytes[1]);
}

Commons make_commons(Speaker& speaker, Host const& host, Setting setting) {
    std::string const title =
        setting == Setting::kith ? "What we read together" : "One open place for everything";
    auto const made = speaker.need(
        post("begin essay", "/essays/new",
             {{"title", title},
              {"summary", "Part of a simulation."},
              {"body", "A community of agents talks here. Nobody of them is a person."},
              {"audience", "members"}},
             host.cookie));
    Commons commons;
    commons.url = text_in(made, "url");
    static_cast<void>(
        speaker.need(post("publish essay", commons.url + "/publish", {}, host.cookie)));
    auto const page = speaker.need(get("essay", commons.url, host.cookie));
    commons.discussion = text_in(page.at("comments"), "discussion");
    commons.live_url = text_in(page.at("comments"), "live_url");
    return commons;
}

void give_roles(Speaker& speaker, Host& host, World& world) {
    // Giving a role asks for a sign-in of the last minutes.
    renew(speaker, host);
    std::vector<std::size_t> changed;
    for (auto& agent : world.agents) {
        auto const kind = agent.person.kind;
        if (kind != Kind::guide && kind != Kind::steward) continue;
        auto const role = kind == Kind::guide ? "guide" : "steward";
        static_cast<void>(speaker.need(post("give role", "/host/members/" + agent.id + "/role",
                                            {{"role", role}}, host.cookie)));
        agent.cookie.clear();
        changed.push_back(agent.person.number);
    }
    sign_in(speaker, world, changed);
}

CirclePlace make_circle(Speaker& speaker, Agent const& keeper, std::size_t number) {
    CirclePlace circle;
    circle.keeper = keeper.person.number;
    auto const name = "Circle " + std::to_string(number + 1);
    circle.url = text_in(speaker.need(post("begin circle", "/circles/new",
                                           {{"name", name},
                                            {"purpose", "Sitting with one another."},
                                            {"kind", "support"},
                                            {"size_max", 12},
                                            {"listing", "listed"},
                                            {"joining", "open"},
                                            {"agreement", "We listen. Words that hurt end it."}},
                                           keeper.cookie)),
                         "location");
    circle.together = text_in(
        speaker.need(post("begin conversation", circle.url + "/conversations",
                          {{"title", "Every day"}, {"body", "For whatever the day brings."}},
                          keeper.cookie)),
        "location");
    // Nobody new sees what was said before they came in, unless it is opened to them.
    static_cast<void>(speaker.need(
        post("open conversation", circle.together + "/open-to-later", {}, keeper.cookie)));
    auto const page = speaker.need(get("conversation", circle.together, keeper.cookie));
    circle.discussion = text_in(page.at("comments"), "discussion");
    return circle;
}

void name_greeters(Speaker& speaker, Host const& host, World const& world) {
    for (auto const& agent : world.agents)
        if (agent.person.greets)
            static_cast<void>(speaker.need(post("name greeter", "/welcome/greeters",
                                                {{"name", agent.person.name}}, host.cookie)));
}

/// What was answered that wasn't hoped for, in words.
std::string an_error(Tally const& tally) {
    auto const errors = tally.errors();
    if (errors.empty()) return "the server said nothing of why.";
    auto const& one = errors.front();
    return one.kind + " was answered with " + std::to_string(one.status) + ".";
}

}  // namespace

std::vector<Known> read_known(std::string const& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw Refused("The file of people, " + file + ", can't be read.");
    auto const json = json_of({std::istreambuf_iterator<char>(stream), {}});
    auto const* list = json.if_array();
    std::vector<Known> known;
    if (list != nullptr)
        for (auto const& item : *list)
            known.push_back(
                {text_in(item, "name"), text_in(item, "role"), text_in(item, "password")});
    if (std::none_of(known.begin(), known.end(),
                     [](Known const& one) { return one.role == "host"; }))
        throw Refused("The file of people, " + file +
                      ", names no host: it is what kith demo --json prints.");
    return known;
}

Host enter(Speaker& speaker, std::vector<Known> const& known, bool is_a_test) {
    auto const door = speaker.need(get("join page", "/join", {}));
    if (text_in(door, "door") != "open")
        throw Refused("Joining isn't open here: set it under Care of the house, Community.");
    auto const found = std::find_if(known.begin(), known.end(),
                                    [](Known const& one) { return one.role == "host"; });
    Host host{found->name, found->password, {}, 0};
    host.agreement_version = door.at("agreement_version").to_number<std::int64_t>();
    renew(speaker, host);
    if (!is_a_test) require_only(speaker, host, known);
    return host;
}

void renew(Speaker& speaker, Host& host) {
    host.cookie = sign_in_host(speaker, host.name, host.password);
}

World make_world(Speaker& speaker, Host const& host, Options const& options, Setting setting) {
    World world;
    world.setting = setting;
    world.seed = options.seed;
    world.words_a_day = words_a_day(options);
    auto const run = random_number();
    bool const loopback = speaker.client().on_loopback();
    for (auto& person :
         draw_people({options.seed, options.members, options.days, options.shares})) {
        Agent agent;
        agent.network = network_of(loopback, person.number, run);
        agent.password = random_letters(20);
        agent.person = std::move(person);
        world.agents.push_back(std::move(agent));
    }
    world.ledger.came.resize(world.agents.size());
    world.commons = make_commons(speaker, host, setting);
    return world;
}

void join(Speaker& speaker, Host const& host, World& world, std::vector<std::size_t> const& who) {
    std::vector<Request> requests;
    for (auto const number : who) {
        auto const& agent = world.agents[number];
        auto request = post("join", "/join",
                            {{"name", agent.person.name},
                             {"password", agent.password},
                             {"agree", true},
                             {"agreement_version", host.agreement_version},
                             {"own_device", true}},
                            {});
        request.network = agent.network;
        requests.push_back(std::move(request));
    }
    auto const answers = speaker.ask(requests);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        auto& agent = world.agents[who[i]];
        agent.here = answers[i].fine();
        if (!agent.here) continue;
        agent.cookie = answers[i].cookie;
        agent.id = text_in(json_of(answers[i].body), "sign_in_name");
        world.ledger.came[who[i]] = world.hour;
    }
}

void found(Speaker& speaker, Host& host, World& world) {
    // Of one name there may be others from an earlier run: greeters are named by theirs.
    auto const mark = " " + random_letters(4);
    std::vector<std::size_t> founders;
    for (auto& agent : world.agents) {
        agent.person.name += mark;
        if (agent.person.founder) founders.push_back(agent.person.number);
    }
    join(speaker, host, world, founders);
    for (auto const number : founders)
        if (!world.agents[number].here)
            throw Refused("Not all founders could join: " + an_error(speaker.tally()));
    give_roles(speaker, host, world);
    if (world.setting == Setting::forum) return;
    for (std::size_t number = 0; number < circles_for(world.agents.size()); ++number) {
        world.circles.push_back(make_circle(speaker, world.agents[number], number));
        world.agents[number].in_circle = true;
    }
    name_greeters(speaker, host, world);
}

void sign_in(Speaker& speaker, World& world, std::vector<std::size_t> const& who) {
    std::vector<Request> requests;
    std::vector<std::size_t> agents;
    for (auto const number : who) {
        auto const& agent = world.agents[number];
        if (!agent.here || !agent.cookie.empty()) continue;
        auto request =
            post("sign in", "/sign-in",
                 {{"name", agent.id}, {"password", agent.password}, {"own_device", true}}, {});
        request.network = agent.network;
        requests.push_back(std::move(request));
        agents.push_back(number);
    }
    auto const answers = speaker.ask(requests);
    for (std::size_t i = 0; i < answers.size(); ++i)
        if (answers[i].fine()) world.agents[agents[i]].cookie = answers[i].cookie;
}

}  // namespace kith::simulate
