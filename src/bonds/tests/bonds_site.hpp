#pragma once
// Members with their pages, distance, notices and bonds, on either database.

#include <doctest/doctest.h>

#include <string>

#include "bonds/bonds.hpp"
#include "members/member.hpp"
#include "postgres.hpp"
#include "test_site.hpp"

namespace kith::bonds::testing {

struct Person {
    Id<Member> id;
    PublicId public_id;
    std::string path;
    std::string bond;  ///< the page of what the reader has with them
    [[nodiscard]] Viewer viewer() const { return {id, Role::member}; }
};

/// The step as forms and data name it.
[[nodiscard]] std::string name_of(Step step);

class House {
public:
    explicit House(std::string url = {});

    template <class Work>
    auto write(Work work) {
        return site.database().write_now(work);
    }
    template <class Work>
    auto read(Work work) {
        return site.database().read(work);
    }

    Person person(std::string const& name, Role role = Role::member, bool listed = true);
    tests::Browser as(Person const& person);

    [[nodiscard]] Step step(Person const& one, Person const& other);

    void give(Person const& one, Person const& other, Step step);
    void set_dial(Person const& one, Openness dial);
    void set_ceiling(Step step);
    void keep_distance(Person const& one, Person const& other);
    void disable(Person const& one);
    /// From now on these two are in a circle.
    void put_in_circle(Person const& one, Person const& other, bool small);
    /// Does what is due, once.
    void run_jobs() { site.house().run_due_jobs(); }
    /// Does a job that comes back by itself.
    void run_job(std::string_view name);
    /// The member's copy of everything of this room, as one text.
    std::string copy_of(Person const& person);
    void erase(Person const& person);

    tests::TestSite site;
};

/// Runs a test on both databases.
template <class Test>
void on_both(Test test) {
    for (auto const& fresh : tests::databases_for_tests()) {
        CAPTURE(fresh.engine);
        House house(fresh.url);
        test(house);
    }
}

}  // namespace kith::bonds::testing
