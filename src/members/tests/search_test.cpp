#include "members/search_store.hpp"

#include "members/erasure_store.hpp"
#include "members/profiles_store.hpp"
#include "members_site.hpp"

namespace kith::members {
namespace {

using namespace kith::tests;
using Names = std::vector<std::string>;

constexpr database::Sql keep_apart =
    "insert into separations (viewer, other) values (:viewer, :other)";

Names found(MembersSite& house, Viewer const& viewer, std::string_view question) {
    auto const query = database::parse_search(question);
    web::SearchWish wish{.query = query};
    wish.at_most = 50;
    return house.site().database.read([&](database::Read& read) {
        Names names;
        for (auto const& row : find_members(read, viewer, "en", wish)) names.push_back(row.name);
        return names;
    });
}

TEST_CASE(
    "members are found who chose to be listed or who lead, by members they aren't apart from") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite house(fresh.url);
        auto const anna = house.add("Anna Apple", Role::member);
        auto const bo = house.add("Bo Berry", Role::member);
        static_cast<void>(house.add("Gus Guide", Role::guide));
        Viewer const by_bo{bo, Role::member};
        CHECK(found(house, by_bo, "Anna").empty());
        CHECK(found(house, by_bo, "gus") == Names{"Gus Guide"});
        CHECK(found(house, Viewer::stranger(), "gus").empty());
        auto const say = [&](bool listed, std::string about) {
            house.write([&](database::Write& write) {
                set_own_words(write, anna, {"Anna Apple", "she", std::move(about), listed});
            });
        };
        say(true, "I mend *bicycles*.");
        CHECK(found(house, by_bo, "anna") == Names{"Anna Apple"});
        CHECK(found(house, by_bo, "bicycles") == Names{"Anna Apple"});
        CHECK(found(house, Viewer::stranger(), "bicycles").empty());
        say(true, "I bake.");
        CHECK(found(house, by_bo, "bicycles").empty());
        house.write([&](database::Write& write) {
            for (auto const& [one, other] : {std::pair(anna, bo), std::pair(bo, anna)})
                database::execute(write, keep_apart, database::bind("viewer", one),
                                  database::bind("other", other));
        });
        CHECK(found(house, by_bo, "anna").empty());
        CHECK(found(house, {anna, Role::member}, "anna") == Names{"Anna Apple"});
        say(false, "I bake.");
        CHECK(found(house, {anna, Role::member}, "anna").empty());
    }
}

TEST_CASE("a role, a disabled account and an erasure are seen by the next search") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite house(fresh.url);
        auto const anna = house.add("Anna Apple", Role::member);
        auto const bo = house.add("Bo Berry", Role::member);
        Viewer const by_bo{bo, Role::member};
        auto const now = house.clock().now();
        auto const deed = [&](auto work) { house.write(work); };
        deed([&](database::Write& write) { set_role(house.site(), write, anna, Role::steward); });
        CHECK(found(house, by_bo, "apple").size() == 1);
        deed([&](database::Write& write) {
            set_state(house.site(), write, anna, MemberState::disabled);
        });
        CHECK(found(house, by_bo, "apple").empty());
        deed([&](database::Write& write) {
            set_state(house.site(), write, anna, MemberState::active);
        });
        CHECK(found(house, by_bo, "apple").size() == 1);
        deed([&](database::Write& write) { begin_erasing(house.site(), write, anna, now); });
        CHECK(found(house, by_bo, "apple").empty());
        deed([&](database::Write& write) { CHECK(come_back(write, anna)); });
        CHECK(found(house, by_bo, "apple").size() == 1);
        deed([&](database::Write& write) {
            wipe_member(write, anna, PublicId::make(house.test().random));
        });
        CHECK(found(house, by_bo, "apple").empty());
        deed([&](database::Write& write) {
            database::empty_search(write);
            CHECK(index_members(write, 0, 500) == 0);
        });
        CHECK(found(house, by_bo, "apple").empty());
    }
}

}  // namespace
}  // namespace kith::members
