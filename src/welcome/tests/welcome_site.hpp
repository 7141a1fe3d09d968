#pragma once
// A small community for the tests of this room: members, who is apart, what they were told, and a
// closed group whose words can travel, as a circle's do.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "members/members.hpp"
#include "postgres.hpp"
#include "talk/waiting.hpp"
#include "test_site.hpp"

namespace kith::tests {

/// A member of the test's own.
struct Person {
    Id<Member> id;
    PublicId public_id;
    std::string name;
    Role role = Role::member;
    [[nodiscard]] Viewer viewer() const { return {id, role}; }
};

class WelcomeSite {
public:
    explicit WelcomeSite(std::string url = {});

    template <class Work>
    auto write(Work const& work) {
        return site.database().write_now(work);
    }
    Person person(std::string const& name, Role role = Role::member);
    void keep_apart(Person const& one, Person const& other);
    void make_greeter(Person const& person);

    [[nodiscard]] Browser stranger() const { return site.browser(); }
    [[nodiscard]] Browser as(Person const& person) const;

    /// Says hello over HTTP; gives its path.
    [[nodiscard]] std::string hello(Person const& person, FormFields const& fields = {}) const;
    /// Begins words in a closed group of the person's own; gives their discussion.
    Id<talk::Discussion> begin(Person const& person, talk::Patience patience);
    /// Whether the words of the group still stand.
    bool words_stand = true;
    /// Runs what travels by itself.
    void travel();
    /// Where the words that travelled are answered; empty when there are none.
    std::string place();

    /// Who was told of this kind, by name, in order.
    [[nodiscard]] std::vector<std::string> told(std::string_view kind) const;
    /// What waits for this person, by its address.
    [[nodiscard]] std::vector<std::string> waits_for(Person const& person) const;
    /// What nobody finds, to the byte.
    [[nodiscard]] std::string missing(Person const& person) const;

    static std::string path_of(Reply const& reply);

private:
    [[nodiscard]] web::SiteHooks hooks();
    [[nodiscard]] web::Slice group_slice();

    std::vector<web::Notice> notices_;
    std::vector<Person> people_;

public:
    TestSite site;
    Person ada, ben, greta, gil, sam;
};

/// Runs a test on both databases.
template <class Test>
void on_both(Test test) {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        WelcomeSite house(fresh.url);
        test(house);
    }
}

}  // namespace kith::tests
