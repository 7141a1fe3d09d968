#include "simulate/living.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <iomanip>
#include <optional>
#include <ostream>

#include "simulate/talking.hpp"

namespace kith::simulate {
namespace {

constexpr std::int64_t wakes = 7;
constexpr std::int64_t sleeps = 23;
constexpr std::int64_t arrival_hour = 8;
constexpr double signs_in_anew = 0.03;
constexpr double stream_cut_a_day = 0.5;
// What the numbers drawn are for.
constexpr std::uint64_t for_visits = 2;
constexpr std::uint64_t for_wishes = 3;
constexpr std::uint64_t for_streams = 4;
constexpr std::uint64_t for_listening = 5;

using Numbers = std::vector<std::size_t>;

/// A community that lives, and what is noted of it.
struct Life {
    Options const& options;
    Host& host;
    World world;
    Speaker speaker;
    Listeners listeners;
    std::vector<Capability> can;
    Digest decisions = {};
    std::vector<DayLine> days = {};
    Steady::time_point began = Steady::now();
};

std::int64_t hour_of_day(World const& world) { return world.hour % day_hours; }

Numbers arrivals(World const& world) {
    Numbers numbers;
    if (hour_of_day(world) != arrival_hour) return numbers;
    for (auto const& agent : world.agents)
        if (!agent.here && agent.person.arrives_day == world.hour / day_hours)
            numbers.push_back(agent.person.number);
    return numbers;
}

Numbers visitors(World& world) {
    Numbers numbers;
    auto const hour = hour_of_day(world);
    if (hour < wakes || hour >= sleeps) return numbers;
    for (auto& agent : world.agents) {
        auto chance = Chance::of(
            world.seed, {for_visits, agent.person.number, static_cast<std::uint64_t>(world.hour)});
        auto const a_day = visits_a_day(agent.person, agent.heart);
        bool const comes = chance.happens(a_day / static_cast<double>(sleeps - wakes));
        bool const anew = chance.happens(signs_in_anew);
        if (!agent.here || !comes) continue;
        if (anew) agent.cookie.clear();
        numbers.push_back(agent.person.number);
    }
    return numbers;
}

void begin_day(World& world) {
    std::set<std::size_t> answered;
    for (auto const& kindness : world.ledger.kindnesses) answered.insert(kindness.words);
    for (auto& agent : world.agents) {
        agent.words_today = 0;
        if (agent.here) slept(agent.heart);
    }
    for (std::size_t number = 0; number < world.ledger.said.size(); ++number) {
        auto const& words = world.said(number);
        if (asks(words) && !answered.contains(number) && words.hour + day_hours <= world.hour)
            met_silence(world.agents[words.author].heart);
    }
}

/// A session that the server ended: they sign in when they next come.
void note_session(Agent& agent, Answer const& answer) {
    if (answer.status == 401) agent.cookie.clear();
}

void read_pages(Life& life, Numbers const& who, int step) {
    std::vector<Request> requests;
    std::vector<std::pair<std::size_t, Look>> looks;
    for (auto const number : who) {
        auto const& agent = life.world.agents[number];
        std::vector<Look> of_agent;
        for (auto const& capability : life.can) capability.look(life.world, agent, step, of_agent);
        for (auto& look : of_agent) {
            requests.push_back({look.kind, look.path, {}, agent.cookie});
            looks.emplace_back(number, std::move(look));
        }
    }
    auto const answers = life.speaker.ask(requests);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        auto& agent = life.world.agents[looks[i].first];
        note_session(agent, answers[i]);
        if (answers[i].fine()) looks[i].second.see(life.world, agent, json_of(answers[i].body));
    }
}

void feel(World& world, Agent& agent) {
    for (auto const number : agent.harm) {
        auto const& answers = world.said(number).answers;
        bool const at_them = answers && world.said(*answers).author == agent.person.number;
        hurt(agent.heart, agent.person.tenderness, at_them ? Aim::at_them : Aim::at_others);
        world.ledger.harm_seen.push_back({agent.person.number, world.hour, at_them});
    }
    auto const& kindnesses = world.ledger.kindnesses;
    for (; agent.felt_until < kindnesses.size(); ++agent.felt_until) {
        auto const& kindness = kindnesses[agent.felt_until];
        if (kindness.to == agent.person.number && kindness.from != kindness.to)
            warmed(agent.heart, kindness.in_words ? Kindly::in_words : Kindly::without_words);
    }
}

using Doing = std::vector<std::pair<std::size_t, Deed>>;

Doing decide(Life& life, Numbers const& who) {
    Doing doing;
    std::set<std::string> done_once;
    for (auto const number : who) {
        auto& agent = life.world.agents[number];
        auto chance = Chance::of(life.world.seed,
                                 {for_wishes, number, static_cast<std::uint64_t>(life.world.hour)});
        std::vector<Deed> deeds;
        for (auto const& capability : life.can) capability.wish(life.world, agent, chance, deeds);
        for (auto& deed : deeds) {
            if (deed.is_words && agent.words_today == life.world.words_a_day) continue;
            if (deed.once && !done_once.insert(deed.path).second) continue;
            agent.words_today += deed.is_words;
            life.decisions.add(std::to_string(life.world.hour) + " " + std::to_string(number) +
                               " " + deed.decision);
            doing.emplace_back(number, std::move(deed));
        }
    }
    return doing;
}

void act(Life& life, Doing const& doing, Part part) {
    std::vector<Request> requests;
    std::vector<std::pair<std::size_t, Deed const*>> sent;
    for (auto const& [number, deed] : doing) {
        if (deed.part != part) continue;
        requests.push_back({deed.kind, deed.path, boost::json::serialize(deed.body),
                            life.world.agents[number].cookie});
        sent.emplace_back(number, &deed);
    }
    auto const answers = life.speaker.ask(requests);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        auto& agent = life.world.agents[sent[i].first];
        note_session(agent, answers[i]);
        if (answers[i].fine()) sent[i].second->done(life.world, agent, json_of(answers[i].body));
    }
}

void forget_visit(Agent& agent) {
    agent.seen.clear();
    agent.waiting.clear();
    agent.harm.clear();
    agent.to_open.clear();
    agent.commons_before.clear();
}

void live_hour(Life& life) {
    auto& world = life.world;
    if (hour_of_day(world) == 0) begin_day(world);
    join(life.speaker, life.host, world, arrivals(world));
    auto const who = visitors(world);
    sign_in(life.speaker, world, who);
    begin_listening(life.speaker, world, life.options.listeners, life.listeners);
    for (int step = 0; step < steps_of_visit; ++step) read_pages(life, who, step);
    for (auto const number : who) feel(world, world.agents[number]);
    auto const doing = decide(life, who);
    auto const said_before = world.ledger.said.size();
    for (auto const part : {Part::words, Part::care, Part::distance}) act(life, doing, part);
    for (auto& agent : world.agents)
        if (agent.taken_out) life.listeners.leave(agent.person.number, said_before);
    for (auto const number : who) forget_visit(world.agents[number]);
}

void cut_some_streams(Life& life) {
    auto const day = static_cast<std::uint64_t>(life.world.hour / day_hours);
    for (auto const& agent : life.world.agents) {
        auto const number = agent.person.number;
        auto chance = Chance::of(life.world.seed, {for_streams, number, day});
        if (chance.happens(stream_cut_a_day) && life.listeners.has(number))
            life.listeners.cut(life.world, number);
    }
}

/// Waits until the hour is over, by the pace that was chosen; streams go on meanwhile.
void wait_for_hour(Life& life) {
    if (life.options.days_per_minute <= 0) return;
    auto const seconds = 60.0 / life.options.days_per_minute / static_cast<double>(day_hours);
    auto const end =
        life.began + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(
                         seconds * static_cast<double>(life.world.hour + 1)));
    while (Steady::now() < end)
        life.speaker.client().move(
            std::min(std::chrono::milliseconds(50),
                     std::chrono::ceil<std::chrono::milliseconds>(end - Steady::now())));
}

std::int64_t here_now(World const& world) {
    return std::count_if(world.agents.begin(), world.agents.end(),
                         [](Agent const& agent) { return agent.here; });
}

void end_day(Life& life, std::ostream& out) {
    auto const& world = life.world;
    DayLine line;
    line.day = world.hour / day_hours + 1;
    line.here = here_now(world);
    auto const withdrawn_ones =
        std::count_if(world.agents.begin(), world.agents.end(),
                      [](Agent const& agent) { return agent.here && withdrawn(agent.heart); });
    line.withdrawn = static_cast<double>(withdrawn_ones) / static_cast<double>(line.here);
    auto const all = life.speaker.tally().latencies().back();
    out << "day " << line.day << " of " << life.options.days << ": " << line.here << " here, "
        << world.ledger.said.size() << " words, " << all.count << " requests, p99 " << std::fixed
        << std::setprecision(1) << all.p99_ms << " ms, " << life.speaker.tally().error_count()
        << " errors\n"
        << std::flush;
    life.days.push_back(line);
}

/// Whose session reads these words again, whoever keeps distance from whom: the host's what is open
/// to all, a circle's keeper's what its members said.
std::string const& reader_of(Life const& life, Said const& words) {
    if (words.where != Where::circle) return life.host.cookie;
    return life.world.agents[life.world.circles.at(words.circle).keeper].cookie;
}

/// The comments that wait for a steward's decision, all pages of them.
std::set<std::string> put_aside_now(Life& life) {
    std::set<std::string> comments;
    for (std::string url = "/review"; !url.empty();) {
        auto const page = life.speaker.need({"comments put aside", url, {}, life.host.cookie});
        for (auto const& item : page.at("items").as_array())
            comments.insert(text_in(item.at("comment"), "id"));
        url = text_in(page, "next_url");
    }
    return comments;
}

void look_again(Life& life, SettingReport& report) {
    Numbers all(life.world.agents.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    sign_in(life.speaker, life.world, all);
    renew(life.speaker, life.host);
    auto const aside = put_aside_now(life);
    std::vector<Request> requests;
    for (auto const& words : life.world.ledger.said) {
        ++report.looked_for_again;
        if (words.put_aside) {
            report.lost += !aside.contains(words.comment);
        } else {
            requests.push_back({"read again", words.url, {}, reader_of(life, words)});
        }
    }
    for (auto const& answer : life.speaker.ask(requests)) report.lost += !answer.fine();
}

Counts counts_of(World const& world) {
    Counts counts;
    counts.members = here_now(world);
    for (auto const& words : world.ledger.said) {
        bool const opening = words.comment.empty();
        counts.comments += !opening;
        counts.hellos += opening && words.tone == Tone::hello;
        counts.conversations += opening && words.tone == Tone::hard;
        counts.harmful += words.tone == Tone::harmful;
        counts.put_aside += words.put_aside;
    }
    for (auto const& kindness : world.ledger.kindnesses) counts.kind_replies += !kindness.in_words;
    for (auto const& agent : world.agents) {
        counts.taken_out += agent.taken_out;
        counts.distances += static_cast<std::int64_t>(agent.apart.size());
        counts.mutes += static_cast<std::int64_t>(agent.muted.size());
    }
    return counts;
}

void add_measures(Life& life, SettingReport& report) {
    auto const& ledger = life.world.ledger;
    report.first_replies = first_replies(ledger, life.world.hour);
    auto const harm = harm_per_member(ledger);
    report.harm_seen_per_member = harm.seen;
    report.harm_at_them_per_member = harm.at_them;
    auto const alone = isolation(ledger, life.options.days);
    auto const seen = harm_seen_by_day(ledger, life.options.days);
    for (std::size_t day = 0; day < life.days.size(); ++day) {
        life.days[day].isolated = alone.at(day);
        life.days[day].harm_seen = seen.at(day);
    }
    if (!life.days.empty()) report.isolated_at_end = life.days.back().isolated;
    report.days = life.days;
    report.counts = counts_of(life.world);
    report.decisions = life.decisions.text();
}

double seconds_since(Steady::time_point began) {
    return std::chrono::duration<double>(Steady::now() - began).count();
}

void add_answers(Tally const& tally, SettingReport& report) {
    report.latencies = tally.latencies();
    report.errors = tally.errors();
}

/// The world with its founders in it; none where they could not come in.
std::optional<World> settle(Speaker& speaker, Host& host, Options const& options, Setting setting,
                            SettingReport& report) {
    try {
        auto world = make_world(speaker, host, options, setting);
        found(speaker, host, world);
        return world;
    } catch (Refused const& refused) {
        report.stopped_because = refused.what();
        add_answers(speaker.tally(), report);
        return std::nullopt;
    }
}

void live_days(Life& life, std::ostream& out) {
    auto const hours = life.options.days * day_hours;
    while (life.world.hour < hours) {
        live_hour(life);
        life.speaker.require_server();
        wait_for_hour(life);
        if (hour_of_day(life.world) == day_hours - 1) {
            end_day(life, out);
            cut_some_streams(life);
        }
        ++life.world.hour;
    }
}

}  // namespace

void begin_listening(Speaker& speaker, World const& world, double share, Listeners& listeners) {
    listeners.come_back(world);
    for (auto const& agent : world.agents) {
        auto const number = agent.person.number;
        bool const forum = world.setting == Setting::forum;
        bool const could = agent.here && !agent.cookie.empty() && (forum || agent.in_circle);
        if (!could || listeners.has(number)) continue;
        if (!Chance::of(world.seed, {for_listening, number}).happens(share)) continue;
        auto const url = forum ? world.commons.url : world.circles.at(agent.person.circle).together;
        auto const answers =
            speaker.ask({{"page to listen to", url + "?comments=newest", {}, agent.cookie}});
        auto const page = json_of(answers.front().body);
        auto const* comments =
            page.is_object() ? page.get_object().if_contains("comments") : nullptr;
        if (!answers.front().fine() || comments == nullptr) continue;
        listeners.open(world, number, text_in(*comments, "live_url"),
                       text_in(*comments, "discussion"));
    }
    listeners.settle();
}

SettingReport live(Client& client, Host& host, Options const& options, Setting setting,
                   std::ostream& out) {
    Speaker settling(client, options.at_once);
    SettingReport report;
    report.name = setting == Setting::kith ? "kith" : "forum";
    out << "The setting " << report.name << ": its founders come in.\n" << std::flush;
    auto world = settle(settling, host, options, setting, report);
    if (!world) return report;
    Life life{options,           host,
              *std::move(world), Speaker(client, options.at_once),
              Listeners(client), capabilities(setting)};
    try {
        live_days(life, out);
        report.seconds = seconds_since(life.began);
        if (options.days_per_minute > 0)
            report.seconds_late =
                std::max(0.0, report.seconds - 60.0 / options.days_per_minute *
                                                   static_cast<double>(options.days));
        report.streams = life.listeners.finish(life.world, std::chrono::seconds(30));
        look_again(life, report);
    } catch (Refused const& refused) {
        report.stopped_because = refused.what();
        report.seconds = seconds_since(life.began);
        report.streams = life.listeners.finish(life.world, std::chrono::seconds(0));
    }
    add_measures(life, report);
    add_answers(life.speaker.tally(), report);
    return report;
}

}  // namespace kith::simulate
