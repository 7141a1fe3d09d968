#include "simulate/simulate_commands.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <ostream>

#include "base/clock.hpp"
#include "simulate/living.hpp"
#include "simulate/load.hpp"
#include "web/command.hpp"
#include "web/json.hpp"

namespace kith::simulate {
namespace {

using web::CommandHouse;
using web::CommandRefused;

constexpr auto about =
    "Let a community of agents live on a running server, and report how it and they fared";

constexpr auto more_about =
    "For a test community only: agents hurt one another there, and nobody of them is a person.\n"
    "  kith demo --json --data NEW > people.json\n"
    "  kith serve --data NEW --listen 127.0.0.1:8080 &\n"
    "  kith simulate --server http://127.0.0.1:8080 --people people.json\n"
    "\n"
    "Agents use the public API alone: they join, sign in, read, speak, answer, keep distance, and\n"
    "hold event streams open. The same agents live twice: with Kith's defaults, and in an open\n"
    "forum. A day of theirs takes a moment; what the server does by its own clock (words that\n"
    "travel, sessions that end, mail of the day) goes by real time. The report is written as\n"
    "report.html and report.json, also where they can't begin or go on. The exit status is 1\n"
    "then, and when something acknowledged was lost.\n"
    "More: docs/simulate.md.";

/// An option that has a value without being named.
template <class Value>
CLI::Option* choice(CLI::App& command, std::string const& name, Value value,
                    std::string const& help) {
    return command.add_option(name)->description(help)->default_val(value);
}

void declare_people(CLI::App& command) {
    Options const usual;
    auto const part = CLI::Range(0.0, 1.0);
    choice(command, "--members", usual.members, "How many agents")->check(CLI::Range(5, 20'000));
    choice(command, "--days", usual.days, "How many days they live")->check(CLI::Range(1, 365));
    choice(command, "--seed", usual.seed, "The same seed gives the same agents and decisions");
    choice(command, "--harming", usual.shares.harming, "The part that hurts others")->check(part);
    choice(command, "--steady", usual.shares.steady, "The part that shows up for others")
        ->check(part);
    choice(command, "--wary", usual.shares.wary, "The part that was hurt before")->check(part);
    choice(command, "--guides", usual.shares.guides, "The part of guides; one at least")
        ->check(part);
    choice(command, "--stewards", usual.shares.stewards, "The part of stewards; one at least")
        ->check(part);
}

void declare_way(CLI::App& command) {
    Options const usual;
    choice(command, "--server", usual.server, "The address of the running server");
    command.add_option("--people")
        ->description("Who is there already: what kith demo --json printed")
        ->required();
    choice(command, "--out", usual.out, "The folder for the report");
    choice(command, "--settings", usual.settings, "How they live: both, kith or forum")
        ->check(CLI::IsMember(std::vector<std::string>{"both", "kith", "forum"}));
    choice(command, "--days-per-minute", usual.days_per_minute,
           "How fast their days go by; 0: as fast as the server answers")
        ->check(CLI::NonNegativeNumber);
    choice(command, "--listeners", usual.listeners,
           "The part of members who hold an event stream open")
        ->check(CLI::Range(0.0, 1.0));
    choice(command, "--at-once", usual.at_once, "Requests under way at most")
        ->check(CLI::Range(1, 1000));
    command.add_flag("--yes-this-is-a-test")
        ->description("Go on although members are there whom the file of people doesn't name");
}

void declare_load(CLI::App& command) {
    Options const usual;
    command.add_flag("--load")->description(
        "Size a machine instead: ask for more and more until it doesn't hold");
    choice(command, "--from", usual.load_from, "Load: requests a second of the first step")
        ->check(CLI::PositiveNumber);
    choice(command, "--to", usual.load_to, "Load: requests a second at most")
        ->check(CLI::PositiveNumber);
    choice(command, "--step-seconds", usual.step_seconds, "Load: how long each step is")
        ->check(CLI::PositiveNumber);
    choice(command, "--bound-ms", usual.bound_ms, "Load: what the p99 may be")
        ->check(CLI::PositiveNumber);
    choice(command, "--requests-of-member", usual.requests_of_member,
           "Load: requests of one member in a day, to say how many it carries")
        ->check(CLI::PositiveNumber);
    choice(command, "--busiest-hour", usual.busiest_hour,
           "Load: the part of a day's requests that falls into its busiest hour")
        ->check(CLI::Range(0.04, 1.0));
}

Options options_of(CLI::App const& command) {
    Options options;
    auto const take = [&command](char const* name, auto& value) {
        value = command.get_option(name)->as<std::decay_t<decltype(value)>>();
    };
    take("--server", options.server);
    take("--people", options.people);
    take("--out", options.out);
    take("--settings", options.settings);
    take("--seed", options.seed);
    take("--members", options.members);
    take("--days", options.days);
    take("--days-per-minute", options.days_per_minute);
    take("--harming", options.shares.harming);
    take("--steady", options.shares.steady);
    take("--wary", options.shares.wary);
    take("--guides", options.shares.guides);
    take("--stewards", options.shares.stewards);
    take("--listeners", options.listeners);
    take("--at-once", options.at_once);
    take("--from", options.load_from);
    take("--to", options.load_to);
    take("--step-seconds", options.step_seconds);
    take("--bound-ms", options.bound_ms);
    take("--requests-of-member", options.requests_of_member);
    take("--busiest-hour", options.busiest_hour);
    options.is_a_test = command.get_option("--yes-this-is-a-test")->count() > 0;
    options.load = command.get_option("--load")->count() > 0;
    return options;
}

/// "2026-11-27T18:40:12Z"
std::string utc(Time time) {
    auto const day = std::chrono::floor<std::chrono::days>(time);
    std::chrono::year_month_day const date(day);
    std::chrono::hh_mm_ss const clock(std::chrono::floor<std::chrono::seconds>(time - day));
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text.data();
}

Report begun(Options const& options) {
    Report report;
    report.version = KITH_VERSION;
    report.began_at = utc(SystemClock().now());
    report.server = options.server;
    report.seed = options.seed;
    report.members = static_cast<std::int64_t>(options.members);
    report.days = options.days;
    report.days_per_minute = options.days_per_minute;
    report.harming = options.shares.harming;
    report.steady = options.shares.steady;
    report.wary = options.shares.wary;
    report.listeners = options.listeners;
    report.words_a_day = static_cast<std::int64_t>(words_a_day(options));
    return report;
}

void write_file(std::filesystem::path const& file, std::string const& text) {
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream << text;
    stream.close();
    if (!stream) throw CommandRefused("The file " + file.string() + " can't be written.");
}

/// First of all, since what was learned in an hour shall have a place.
void make_folder(std::filesystem::path const& folder) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure || !std::filesystem::is_directory(folder, failure))
        throw CommandRefused("The folder for the report, " + folder.string() +
                             ", can't be made; name another one with --out.");
}

void require_sense(Options const& options) {
    auto const& shares = options.shares;
    if (shares.harming + shares.steady + shares.wary + shares.guides + shares.stewards > 1)
        throw CommandRefused("The parts of all kinds of agents are more than the whole.");
    if (!options.load && words_a_day(options) == 0)
        throw CommandRefused(
            "So many days go by too fast: the server lets nobody say that much. Take fewer --days "
            "or a smaller --days-per-minute.");
}

/// What comes of it, however far it comes.
Report report_of(Options const& options, std::vector<Known> const& known, std::ostream& out) {
    auto report = begun(options);
    Client client(options.server);
    Speaker speaker(client, options.at_once);
    Host host;
    try {
        host = enter(speaker, known, options.is_a_test);
    } catch (Refused const& refused) {
        report.stopped_because = refused.what();
        return report;
    }
    if (options.load) {
        report.load = load(client, host, options, out);
        return report;
    }
    if (options.settings != "forum")
        report.settings.push_back(live(client, host, options, Setting::kith, out));
    if (options.settings != "kith" && why_stopped(report).empty())
        report.settings.push_back(live(client, host, options, Setting::forum, out));
    return report;
}

void simulate(CommandHouse& line, Options const& options) {
    require_sense(options);
    auto const known = read_known(options.people);
    make_folder(options.out);
    auto const report = report_of(options, known, line.out());
    auto const folder = std::filesystem::path(options.out);
    write_file(folder / "report.json", web::to_json(report) + "\n");
    write_file(folder / "report.html", report_page(report));
    line.out() << "The report: " << (folder / "report.html").string() << '\n';
    if (!report.stopped_because.empty()) throw CommandRefused(report.stopped_because);
    if (auto const lost = lost_in(report); lost > 0)
        throw CommandRefused(std::to_string(lost) +
                             " things that the server had acknowledged were not there again.");
    if (auto const reason = why_stopped(report); !reason.empty())
        throw CommandRefused("The simulation could not go on. " + reason);
}

void declare(CLI::App& root, CommandHouse& line) {
    auto* command = root.add_subcommand("simulate", about);
    command->footer(more_about);
    declare_way(*command);
    declare_people(*command);
    declare_load(*command);
    command->callback([&line, command] {
        try {
            simulate(line, options_of(*command));
        } catch (Refused const& refused) {
            throw CommandRefused(refused.what());
        } catch (std::invalid_argument const& mistake) {
            throw CommandRefused(mistake.what());
        }
    });
}

}  // namespace

std::vector<web::DeclareCommand> simulate_commands() { return {declare}; }

}  // namespace kith::simulate
