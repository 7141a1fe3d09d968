#pragma once
// Members with bonds who write to each other, on either database. What they send is well-formed and
// says nothing: browsers seal, and are tested in tests/journeys/letters.test.mjs.

#include <doctest/doctest.h>

#include <string>

#include "bonds/bonds.hpp"
#include "letters/letters_store.hpp"
#include "members/member.hpp"
#include "postgres.hpp"
#include "test_site.hpp"

namespace kith::letters::testing {

struct Person {
    Id<Member> id;
    PublicId public_id;
    std::string name;
    [[nodiscard]] Viewer viewer() const { return {id, Role::member}; }
};

/// An age file with so many recipients of a kind, and `words` where its ciphertext would be.
[[nodiscard]] std::string sealed_for(std::size_t recipients, std::string_view words,
                                     std::string_view kind = "X25519");
/// The recipient that a person's keys have here.
[[nodiscard]] std::string recipient_of(Person const& person);

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

    Person person(std::string const& name);
    tests::Browser as(Person const& person);

    void give(Person const& one, Person const& other, bonds::Step step);
    /// Two people who have both given this step, whose dials are open, and who have keys.
    void bond(Person const& one, Person const& other, bonds::Step step = bonds::Step::letters);
    void make_keys(Person const& person);
    void set_pace(Person const& person, std::string_view delivery, int unsend_minutes);
    void keep_distance(Person const& one, Person const& other);
    void rest(Person const& one);
    void disable(Person const& one);
    void begin_erasing(Person const& one);
    /// Everything of the member goes, as the job does it.
    void erase(Person const& one);

    /// The path of their conversation, begun if it wasn't.
    std::string conversation(Person const& one, Person const& other);
    /// What a browser sends.
    [[nodiscard]] boost::json::object letter(Person const& from, Person const& to,
                                             std::int64_t sequence, std::string_view words) const;
    /// Sends a letter that is taken, and says so; then does what is due.
    void send(Person const& from, Person const& to, std::int64_t sequence, std::string_view words);
    /// The letters that someone's page holds, as JSON.
    boost::json::array letters(Person const& reader, std::string const& path);
    /// Says that the reader has seen the letters which their page shows now, or the first `only`.
    unsigned read_letters(Person const& reader, std::string const& path, std::size_t only = 1000);
    void set_quiet(Person const& person, std::chrono::minutes from, std::chrono::minutes until);
    void run_jobs();

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

}  // namespace kith::letters::testing
