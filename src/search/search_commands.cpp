#include "search/search_commands.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "base/limits.hpp"
#include "web/command.hpp"
#include "web/house.hpp"
#include "web/json.hpp"

namespace kith::search {
namespace {

struct Reindexed {
    std::size_t deeds = 0;
};
BOOST_DESCRIBE_STRUCT(Reindexed, (), (deeds))

void declare(CLI::App& root, web::CommandHouse& line) {
    auto* search = root.add_subcommand("search", "What can be found");
    search->require_subcommand(1);
    auto* again = search->add_subcommand(
        "reindex", "Make the index of the search anew; until it is done, not everything is found");
    again->callback([&line] {
        auto const deeds = reindex(line.house().site());
        if (line.wants_json()) {
            line.out() << web::to_json(Reindexed{deeds}) << '\n';
        } else {
            line.out() << "The index of the search is made anew.\n";
        }
    });
}

}  // namespace

std::vector<web::DeclareCommand> search_commands() { return {declare}; }

std::size_t reindex(web::Site& site) {
    site.database.write_now([](database::Write& write) { database::empty_search(write); });
    std::size_t deeds = 1;
    for (auto const& kind : site.search) {
        std::int64_t after = 0;
        do {
            after = site.database.write_now([&](database::Write& write) {
                return kind.reindex(write, after, limits::search_batch);
            });
            ++deeds;
        } while (after != 0);
    }
    return deeds;
}

}  // namespace kith::search
