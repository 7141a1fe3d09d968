#include "app/import_commands.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <memory>
#include <ostream>

#include "app/commands.hpp"
#include "app/import_discourse.hpp"
#include "app/import_files.hpp"
#include "app/import_limits.hpp"
#include "app/import_nodebb.hpp"
#include "app/import_write.hpp"
#include "web/json.hpp"

namespace kith::app {
namespace {

/// Why how many were left out.
struct LeftOut {
    std::string what;
    std::size_t count = 0;
};
BOOST_DESCRIBE_STRUCT(LeftOut, (), (what, count))

struct ImportAnswer {
    bool dry_run = false;
    std::size_t people = 0;
    std::size_t essays = 0;
    std::size_t comments = 0;
    std::size_t there_already = 0;
    std::vector<LeftOut> left_out;
    std::vector<std::string> faults;
};
BOOST_DESCRIBE_STRUCT(ImportAnswer, (),
                      (dry_run, people, essays, comments, there_already, left_out, faults))

struct Options {
    ImportWish wish;
    std::string path;
    std::string links;
    std::string author;
};

std::string count_of(std::size_t count, std::string const& one, std::string const& more) {
    return std::to_string(count) + " " + (count == 1 ? one : more);
}

/// The number in "line 7: …"; 0 for what is named otherwise.
std::size_t line_in(std::string const& fault) {
    constexpr std::string_view begin = "line ";
    std::size_t line = 0;
    if (fault.starts_with(begin))
        std::from_chars(fault.data() + begin.size(), fault.data() + fault.size(), line);
    return line;
}

void print_for_person(ImportReport const& report, ImportWish const& wish, std::ostream& out) {
    auto const there =
        report.there_already == 1 ? std::pair{" is", " was"} : std::pair{" are", " were"};
    out << (wish.dry_run ? "This would bring " : "This brought ")
        << count_of(report.people, "person", "people") << ", "
        << count_of(report.essays, "essay", "essays") << " and "
        << count_of(report.comments, "comment", "comments") << "; " << report.there_already
        << (wish.dry_run ? there.first : there.second) << " there already.\n";
    for (auto const& [why, count] : report.left_out)
        out << "Left out: " << count << " " << why << ".\n";
    for (auto const& fault : report.faults) out << fault << '\n';
    if (report.faults.size() < report.fault_count)
        out << "… and " << report.fault_count - report.faults.size() << " more like these.\n";
}

void print(CommandLine& line, ImportReport const& report, ImportWish const& wish) {
    if (!line.wants_json()) return print_for_person(report, wish, line.out());
    ImportAnswer answer{wish.dry_run,    report.people,        report.essays,
                        report.comments, report.there_already, {},
                        report.faults};
    for (auto const& [why, count] : report.left_out) answer.left_out.push_back({why, count});
    line.out() << web::to_json(answer) << '\n';
}

/// A subcommand that reads PATH and does `work` with it.
template <class Work>
CLI::App* declare(CLI::App& import, CommandLine& line, std::string const& name,
                  std::string const& help, std::string const& what, Work work) {
    auto options = std::make_shared<Options>();
    options->wish.origin = name;
    auto* command = import.add_subcommand(name, help);
    command->add_option("PATH", options->path, what)->required();
    command->add_flag("--dry-run", options->wish.dry_run, "Only print what would come");
    command->callback([&line, options, work] {
        ImportReport report;
        if (!options->links.empty() && !options->wish.dry_run) options->wish.links = options->links;
        try {
            work(line, *options, report);
        } catch (Refusal const& refusal) {
            throw web::in_words(line.house().site(), refusal);
        }
        std::stable_sort(report.faults.begin(), report.faults.end(),
                         [](std::string const& one, std::string const& other) {
                             return line_in(one) < line_in(other);
                         });
        print(line, report, options->wish);
    });
    if (name != "essays")
        command->add_option("--links", options->links,
                            "A new file for a link for each account that sleeps, good for 14 days");
    if (name != "members")
        command->add_flag("--publish", options->wish.publish,
                          "Members may read it at once; else only its authors, as drafts");
    if (name == "essays")
        command->add_option("--author", options->author,
                            "Whose they are where a file doesn't say: an id or a name");
    if (name == "discourse" || name == "nodebb")
        command->add_option("--from", options->wish.origin,
                            "What this forum is called, where you bring several");
    return command;
}

template <class Read>
auto forum_work(Read read) {
    return [read](CommandLine& line, Options const& options, ImportReport& report) {
        auto& site = line.house().site();
        import_forum(site, options.wish, read(options.path, site.now(), report), report);
    };
}

}  // namespace

void declare_imports(CLI::App& root, CommandLine& line) {
    auto& import = *root.get_subcommand("import");
    declare(import, line, "members", "Bring people from a CSV file, as accounts that sleep",
            "A CSV file whose first row names its columns: name, email, pronouns, joined",
            [](CommandLine& command, Options const& options, ImportReport& report) {
                auto const people = read_people(options.path, report);
                import_people(command.house().site(), options.wish, people, report);
            });
    declare(import, line, "essays", "Bring a directory of Markdown files as essays",
            "The directory; a file may begin with title, date and author between lines of ---",
            [](CommandLine& command, Options const& options, ImportReport& report) {
                import_essay_files(command.house().site(), options.wish, options.path,
                                   options.author, report);
            });
    declare(import, line, "discourse", "Bring people and topics from a backup of Discourse",
            "dump.sql or dump.sql.gz of the backup, or the directory it was unpacked in",
            forum_work(read_discourse));
    declare(import, line, "nodebb", "Bring people and topics from an export of NodeBB's objects",
            "What mongoexport wrote of the collection \"objects\"",
            forum_work([](std::string const& path, Time, ImportReport& report) {
                return read_nodebb(path, report);
            }));
}

}  // namespace kith::app
