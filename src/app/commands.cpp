#include "app/commands.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "app/backup.hpp"
#include "app/demo.hpp"
#include "app/doctor.hpp"
#include "app/move.hpp"
#include "app/serve.hpp"
#include "app/server_lock.hpp"
#include "app/slices.hpp"
#include "database/migrator.hpp"
#include "web/audit.hpp"
#include "web/json.hpp"

namespace kith::app {
namespace {

using web::CommandRefused;

struct RouteLine {
    std::string verb;
    std::string pattern;
    std::string access;
};
BOOST_DESCRIBE_STRUCT(RouteLine, (), (verb, pattern, access))

std::string access_name(web::Access access) {
    switch (access) {
        case web::Access::anyone: return "anyone";
        case web::Access::member: return "member";
        case web::Access::guide: return "guide";
        case web::Access::steward: return "steward";
        case web::Access::host: return "host";
        case web::Access::loopback: return "loopback";
    }
    return {};
}

void print_routes(CommandLine& line) {
    std::vector<RouteLine> all;
    for (auto const& slice : all_slices())
        for (auto const& route : slice.routes)
            all.push_back({route.verb == web::Verb::post ? "POST" : "GET",
                           std::string(route.pattern), access_name(route.access)});
    std::sort(all.begin(), all.end(), [](RouteLine const& a, RouteLine const& b) {
        return std::tie(a.pattern, a.verb) < std::tie(b.pattern, b.verb);
    });
    if (line.wants_json()) {
        line.out() << web::to_json(all) << '\n';
        return;
    }
    for (auto const& route : all)
        line.out() << route.verb << (route.verb.size() == 3 ? "   " : "  ") << route.pattern
                   << "  (" << route.access << ")\n";
}

void check_config(CommandLine& line) {
    auto const settings = line.settings();
    for (auto const& setting : all_settings()) {
        line.out() << setting.name << " = \"" << shown_value(setting, setting.get(settings))
                   << "\"\n    " << setting.help << '\n';
    }
}

void upgrade(CommandLine& line, bool dry_run) {
    require_community(line.settings());
    auto const slices = all_slices();
    auto const migrations = web::migrations_of(slices);
    database::Database database({.url = database_url(line.settings())});
    auto const pending = database::pending_migrations(database, migrations);
    auto const apart = database::steps_apart(database, migrations);
    bool const shared = database.engine() == database::Engine::postgres;
    for (auto const& name : pending) {
        bool const alone = shared && std::find(apart.begin(), apart.end(), name) != apart.end();
        line.out() << name << (alone ? "  (with all nodes stopped)\n" : "\n");
    }
    if (pending.empty()) line.out() << "The database is up to date.\n";
    if (pending.empty() || dry_run) return;
    auto const settings = line.settings();
    ServerLock const alone(settings);
    database::migrate(database, migrations);
    line.out() << "Done: " << pending.size() << " steps.\n";
}

void verify_audit(CommandLine& line) {
    auto& site = line.house().site();
    auto const result =
        site.database.read([&](database::Read& read) { return web::verify_audit(read); });
    if (result.broken_at)
        throw CommandRefused("The record was changed: entry " + std::to_string(*result.broken_at) +
                             " does not follow from the one before it.");
    line.out() << "The record is whole: " << result.entries << " entries. Its head is "
               << result.head << '\n';
}

}  // namespace

std::string on_one_line(std::string_view said) {
    std::string line;
    for (char const c : said) {
        bool const gap = c == '\n' || c == '\t' || c == ' ';
        if (!gap) line += c;
        if (gap && !line.empty() && line.back() != ' ') line += ' ';
    }
    if (line.ends_with(' ')) line.pop_back();
    return line;
}

void declare_commands(CLI::App& root, CommandLine& line) {
    auto* serving = root.add_subcommand("serve", "Serve the community until it is told to stop");
    serving->callback([&line] {
        auto const signals = take_signals();
        auto const settings = line.settings();
        ServerLock lock(settings);
        auto& community = line.upgraded_community();
        lock.take();
        line.exit_with(serve(community, signals, line.out()));
    });

    auto* demo =
        root.add_subcommand("demo", "Fill an empty community with people and essays to try");
    demo->callback([&line] { fill_demo(line); });

    auto* routes = root.add_subcommand("routes", "Print every route and who may use it");
    routes->callback([&line] { print_routes(line); });

    auto* config = root.add_subcommand("config", "The settings");
    config->require_subcommand(1);
    auto* check = config->add_subcommand("check", "Read the settings, print each with its help");
    check->callback([&line] { check_config(line); });

    declare_backup(root, line);
    declare_doctor(root, line);
    declare_move(root, line);

    auto dry_run = std::make_shared<bool>(false);
    auto* upgrading = root.add_subcommand("upgrade", "Bring the database up to date");
    upgrading->add_flag("--dry-run", *dry_run, "Only print what would be done");
    upgrading->callback([&line, dry_run] { upgrade(line, *dry_run); });

    auto* audit = root.add_subcommand("audit", "The record of what was done with power");
    audit->require_subcommand(1);
    auto* verify = audit->add_subcommand("verify", "Check that nobody changed the record");
    verify->callback([&line] { verify_audit(line); });
}

}  // namespace kith::app
