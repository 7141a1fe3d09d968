#include "simulate/load.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <iomanip>
#include <ostream>

#include "simulate/living.hpp"
#include "simulate/talking.hpp"

namespace kith::simulate {
namespace {

constexpr double rate_step = 1.5;
constexpr std::size_t under_way_max = 2000;  ///< more wait than any server answers in time
constexpr std::uint64_t for_load = 6;

/// One kind of request, and its part of all.
struct Part1000 {
    std::string_view kind;
    unsigned per_mille;
    Request (*make)(World const&, Agent const&);
    bool says = false;  ///< something, which the server lets each do so often only
};

Request page(std::string kind, std::string path, Agent const& agent) {
    return {std::move(kind), std::move(path), {}, agent.cookie};
}

Request comment(World const& world, Agent const& agent, std::string const& path) {
    boost::json::object const body{{"body", body_of(world, agent, Tone::light)}};
    return {"post comment", path + "/comments", boost::json::serialize(body), agent.cookie};
}

CirclePlace const& circle_of(World const& world, Agent const& agent) {
    return world.circles.at(agent.person.circle);
}

constexpr Part1000 mix[] = {
    {"Today", 230, [](World const&, Agent const& a) { return page("Today", "/", a); }},
    {"essay", 200,
     [](World const& w, Agent const& a) {
         return page("essay", w.commons.url + "?comments=newest", a);
     }},
    {"circle", 180,
     [](World const& w, Agent const& a) { return page("circle", circle_of(w, a).url, a); }},
    {"conversation", 200,
     [](World const& w, Agent const& a) {
         return page("conversation", circle_of(w, a).together + "?comments=newest", a);
     }},
    {"notices", 80, [](World const&, Agent const& a) { return page("notices", "/notices", a); }},
    {"unanswered list", 50,
     [](World const&, Agent const& a) { return page("unanswered list", "/unanswered", a); }},
    {"comment in circle", 50,
     [](World const& w, Agent const& a) { return comment(w, a, circle_of(w, a).together); }, true},
    {"comment in the open", 10,
     [](World const& w, Agent const& a) { return comment(w, a, w.commons.url); }, true},
};

Part1000 const& drawn(Chance& chance) {
    auto left = chance.below(1000);
    for (auto const& part : mix) {
        if (left < part.per_mille) return part;
        left -= part.per_mille;
    }
    return mix[0];
}

/// The requests of one step, as they come back.
struct Running {
    Tally tally;
    std::vector<double> times;
    std::vector<double> late;
    std::int64_t sent = 0;
    std::int64_t errors = 0;
    std::size_t spoken = 0;  ///< by how many so far, counted on from step to step
};

Steady::duration seconds(double count) {
    return std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(count));
}

void send_one(Client& client, World& world, Chance& chance, Steady::time_point due,
              Running& running) {
    auto const& part = drawn(chance);
    // Who speaks does so in turn, so that each says as little as can be.
    auto const number =
        (part.says ? running.spoken++ : chance.below(world.agents.size())) % world.agents.size();
    auto const& agent = world.agents[number];
    auto const request = part.make(world, agent);
    running.late.push_back(milliseconds(Steady::now() - due));
    ++running.sent;
    client.send(request, [&world, &running, due, number, kind = request.kind](Answer&& answer) {
        auto const took = milliseconds(Steady::now() - due);
        if (!answer.fine()) {
            ++running.errors;
            running.tally.failed(kind, answer.status);
            return;
        }
        running.times.push_back(took);
        running.tally.answered(kind, took);
        if (kind != "post comment") return;
        // Whoever listens to where it stands is to hear it.
        auto const json = json_of(answer.body);
        Said said;
        said.author = number;
        said.url = "/comments/" + text_in(json, "id");
        said.comment = text_in(json, "id");
        auto const reply_url = text_in(json, "reply_url");
        for (auto const& circle : world.circles)
            if (reply_url.starts_with(circle.together)) said.discussion = circle.discussion;
        world.ledger.add(std::move(said));
    });
}

LoadStep run_step(Client& client, World& world, Chance& chance, double rate, double length,
                  Running& running) {
    auto const began = Steady::now();
    auto const end = began + seconds(length);
    auto due = began;
    while (due < end) {
        auto const now = Steady::now();
        if (due > now) {
            client.move(
                std::chrono::milliseconds(std::chrono::ceil<std::chrono::milliseconds>(due - now)));
            continue;
        }
        if (client.under_way() >= under_way_max) {
            ++running.errors;
            running.tally.failed("not sent: too many wait", 0);
        } else {
            send_one(client, world, chance, due, running);
        }
        due += seconds(-std::log(1 - chance.share()) / rate);
        client.move(std::chrono::milliseconds(0));
    }
    while (client.under_way() > 0) client.move(std::chrono::milliseconds(20));
    LoadStep step;
    step.wanted = rate;
    step.answered = static_cast<double>(running.times.size()) /
                    std::chrono::duration<double>(Steady::now() - began).count();
    step.p50_ms = percentile(running.times, 50).value_or(0);
    step.p99_ms = percentile(running.times, 99).value_or(0);
    step.sent_late_p99_ms = percentile(running.late, 99).value_or(0);
    step.errors = running.errors;
    return step;
}

/// Everyone is in, and in a circle.
void bring_in_all(Speaker& speaker, Host& host, World& world) {
    found(speaker, host, world);
    std::vector<std::size_t> missing;
    std::vector<std::size_t> outside;
    for (auto const& agent : world.agents) {
        if (!agent.here) missing.push_back(agent.person.number);
        if (!agent.in_circle) outside.push_back(agent.person.number);
    }
    join(speaker, host, world, missing);
    std::vector<Request> requests;
    requests.reserve(outside.size());
    for (auto const number : outside)
        requests.push_back({"join circle", circle_of(world, world.agents[number]).url + "/join",
                            R"({"agreement_version":1})", world.agents[number].cookie});
    auto const answers = speaker.ask(requests);
    for (std::size_t i = 0; i < answers.size(); ++i)
        world.agents[outside[i]].in_circle = answers[i].fine();
    if (speaker.tally().error_count() > 0)
        throw Refused("Not everybody could come in; a smaller --at-once may help.");
}

bool is_limited(std::vector<ErrorLine> const& errors) {
    constexpr std::int64_t too_many_requests = 429;
    return std::any_of(errors.begin(), errors.end(),
                       [](ErrorLine const& line) { return line.status == too_many_requests; });
}

std::string why_ended(LoadStep const& step, std::vector<ErrorLine> const& errors, double bound_ms) {
    if (is_limited(errors))
        return "the server lets nobody say so much, so it may hold more; take more --members";
    if (step.errors > 0) return "answers failed";
    if (step.sent_late_p99_ms > bound_ms / 2)
        return "this program could not send so fast, so the server may hold more";
    return "answers came too late";
}

/// Of what was acknowledged, how much isn't there again.
void look_again(Speaker& speaker, World const& world, LoadReport& report) {
    std::vector<Request> requests;
    requests.reserve(world.ledger.said.size());
    for (auto const& words : world.ledger.said)
        requests.push_back({"read again", words.url, {}, world.agents.at(words.author).cookie});
    report.looked_for_again = static_cast<std::int64_t>(requests.size());
    for (auto const& answer : speaker.ask(requests)) report.lost += !answer.fine();
}

void tell(std::ostream& out, LoadStep const& step) {
    out << std::fixed << std::setprecision(0) << step.wanted << " a second: " << step.answered
        << " answered, p50 " << std::setprecision(1) << step.p50_ms << " ms, p99 " << step.p99_ms
        << " ms, " << step.errors << " errors" << (step.held ? "\n" : ": not held\n") << std::flush;
}

/// Asks for more and more until it doesn't hold.
void climb(Client& client, Speaker& settling, Options const& options, World& world,
           LoadReport& report, std::ostream& out) {
    Listeners listeners(client);
    begin_listening(settling, world, options.listeners, listeners);
    auto chance = Chance::of(options.seed, {for_load});
    std::size_t spoken = 0;
    for (auto const rate : load_rates(options.load_from, options.load_to)) {
        Running running;
        running.spoken = spoken;
        auto step = run_step(client, world, chance, rate, options.step_seconds, running);
        spoken = running.spoken;
        step.held = step_held(step, options.bound_ms);
        tell(out, step);
        report.steps.push_back(step);
        report.errors = running.tally.errors();
        if (!step.held) {
            report.ended_because = why_ended(step, report.errors, options.bound_ms);
            break;
        }
        report.held = step.answered;
        report.latencies = running.tally.latencies();
        listeners.come_back(world);
    }
    // It may have gone under the load, which is another thing than to have lost something.
    static_cast<void>(settling.need_answer({"look whether it is there", "/healthz"}));
    report.streams = listeners.finish(world, std::chrono::seconds(30));
    look_again(settling, world, report);
}

}  // namespace

std::vector<double> load_rates(double from, double to) {
    std::vector<double> rates;
    for (double rate = from; rate <= to; rate *= rate_step) rates.push_back(rate);
    return rates;
}

std::int64_t members_carried(double held, double requests_of_member, double busiest_hour) {
    return static_cast<std::int64_t>(held * 3600 / (requests_of_member * busiest_hour));
}

bool step_held(LoadStep const& step, double bound_ms) {
    return step.errors == 0 && step.p99_ms <= bound_ms;
}

LoadReport load(Client& client, Host& host, Options const& options, std::ostream& out) {
    LoadReport report;
    report.bound_ms = options.bound_ms;
    report.step_seconds = options.step_seconds;
    report.requests_of_member = options.requests_of_member;
    report.busiest_hour = options.busiest_hour;
    report.ended_because = "no more was tried";
    Speaker settling(client, options.at_once);
    out << "Everybody comes in.\n" << std::flush;
    try {
        auto world = make_world(settling, host, options, Setting::kith);
        bring_in_all(settling, host, world);
        climb(client, settling, options, world, report, out);
    } catch (Refused const& refused) {
        report.stopped_because = refused.what();
        if (report.steps.empty()) report.errors = settling.tally().errors();
    }
    report.members_carried =
        members_carried(report.held, options.requests_of_member, options.busiest_hour);
    return report;
}

}  // namespace kith::simulate
