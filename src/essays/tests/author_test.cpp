#include "community.hpp"
#include "essays/essays_store.hpp"
#include "essays/writing.hpp"
#include "postgres.hpp"

using namespace kith;
using namespace kith::essays;
using namespace kith::tests;

namespace {

constexpr database::Sql unlist = "update members set listed = 0 where id = :member";

}  // namespace

TEST_CASE("members may see who published something, until it is withdrawn") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Community community(fresh.url);
        community.write([&](database::Write& write) {
            auto& site = community.site.site();
            auto const wren = add_person(write, site.random, "Wren");
            database::execute(write, unlist, database::bind("member", wren.id));
            auto const seen = [&] {
                return members::find_member(write, community.other.viewer(), wren.public_id)
                    .has_value();
            };
            (void)import_essay(site, write, wren.id, "# One\n\nA word.", true, false);
            CHECK_FALSE(seen());
            auto const path = import_essay(site, write, wren.id, "# Two\n\nA word.", true, true);
            CHECK(seen());
            auto const slug = path.substr(std::string("/essays/").size());
            auto const line = find_essay(write, community.other.viewer(), slug);
            REQUIRE(line.has_value());
            CHECK(line->author_listed);
            auto const own = find_own_essay(write, wren.viewer(), line->public_id);
            REQUIRE(own.has_value());
            set_state(write, *own, EssayState::withdrawn, site.now());
            CHECK_FALSE(seen());
        });
    }
}
