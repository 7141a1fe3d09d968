#pragma once
// A small community for the tests of this room: members, who is apart, and their browsers.

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <type_traits>
#include <vector>

#include "circles/circles_slice.hpp"
#include "members/members.hpp"
#include "postgres.hpp"
#include "resources/members.hpp"
#include "talk/talk_slice.hpp"
#include "test_site.hpp"
#include "web/respond.hpp"

namespace kith::tests {

constexpr database::Sql keep_apart =
    "insert into separations (viewer, other) values (:viewer, :other)";
constexpr database::Sql list_member = "update members set listed = 1 where id = :member";
constexpr database::Sql allow_size = "update community set circle_size_max = :size";

/// A member of the test's own.
struct Person {
    Id<Member> id;
    PublicId public_id;
    std::string name;
    Role role = Role::member;
    [[nodiscard]] Viewer viewer() const { return {id, role}; }
};

inline Person add_person(database::Write& write, Random& random, std::string const& name,
                         Role role = Role::member) {
    members::NewMember member;
    member.public_id = PublicId::make(random);
    member.name = name;
    member.role = role;
    member.language = "en";
    Person person{{}, member.public_id, name, role};
    person.id = members::add_member(write, member);
    database::execute(write, list_member, database::bind("member", person.id));
    return person;
}

inline void separate(database::Write& write, Person const& one, Person const& other) {
    database::execute(write, keep_apart, database::bind("viewer", one.id),
                      database::bind("other", other.id));
    database::execute(write, keep_apart, database::bind("viewer", other.id),
                      database::bind("other", one.id));
}

/// The members' tables and words without their pages: sign-in is by a plain cookie here.
inline web::Slice members_for_tests() {
    static std::vector<Resource> const some = [] {
        std::vector<Resource> found;
        for (auto const& resource : members_resources())
            if (!resource.path.starts_with("templates/")) found.push_back(resource);
        return found;
    }();
    return {
        .name = "members",
        .resources = some,
        .routes = {},
        .pages = {},
        .export_for = web::ExportFor([](web::Site&, database::Read&, Id<Member>, web::Archive&) {}),
        .erase_for = web::EraseFor([](database::Write&, Id<Member>) {}),
        .probes = std::vector<web::Probe>{}};
}

inline web::Visitor recognise_by_cookie(web::Site& site, database::Read& read,
                                        web::HttpRequest const& request, Time now) {
    web::Visitor visitor;
    auto const id = PublicId::parse(web::cookie(site, request, "test_member"));
    if (!id) return visitor;
    auto const member = members::find_member(read, Viewer::server(), *id);
    if (!member) return visitor;
    visitor.viewer = {member->id, member->role};
    visitor.member_id = member->public_id;
    visitor.name = member->name;
    visitor.authenticated_at = now;
    return visitor;
}

/// A running site with a guide and a few members.
class CirclesSite {
public:
    explicit CirclesSite(std::string url = {}, std::vector<web::Slice> const& more = {})
        : site(rooms(more), hooks(), std::move(url)) {
        write([this](database::Write& write) {
            auto& random = site.random;
            ada = add_person(write, random, "Ada");
            ben = add_person(write, random, "Ben");
            cleo = add_person(write, random, "Cleo");
            dan = add_person(write, random, "Dan");
            guide = add_person(write, random, "Gil Guide", Role::guide);
            host = add_person(write, random, "Hal Host", Role::host);
        });
    }

    template <class Work>
    std::invoke_result_t<Work, database::Write&> write(Work work) {
        return site.database().write_now([&](database::Write& write) { return work(write); });
    }
    Person person(std::string const& name) {
        Person made;
        write([&](database::Write& write) { made = add_person(write, site.random, name); });
        return made;
    }
    void keep_distance(Person const& one, Person const& another) {
        write([&](database::Write& write) { separate(write, one, another); });
    }
    void allow(std::int64_t size) {
        write([&](database::Write& write) {
            database::execute(write, allow_size, database::bind("size", size));
        });
    }

    [[nodiscard]] Browser stranger() const { return site.browser(); }
    [[nodiscard]] Browser as(Person const& person) const {
        auto browser = site.browser();
        browser.cookies["test_member"] = person.public_id.text();
        return browser;
    }

    /// What a circle begins with; `fields` take the place of these.
    static FormFields circle_form(FormFields const& fields = {}) {
        std::map<std::string, std::string> all{{"name", "Quiet Mornings"},
                                               {"purpose", "Tea before the day begins."},
                                               {"kind", "friends"},
                                               {"size_max", "12"},
                                               {"listing", "listed"},
                                               {"joining", "open"},
                                               {"agreement", "What is said here stays here."},
                                               {"agreement_version", "1"}};
        for (auto const& [name, value] : fields) all[name] = value;
        return {all.begin(), all.end()};
    }
    /// Makes a circle over HTTP; gives its path.
    [[nodiscard]] std::string make(Person const& keeper, FormFields const& fields = {}) const {
        auto const reply = as(keeper).post("/circles/new", circle_form(fields));
        REQUIRE(reply.status == 303);
        return path_of(reply);
    }
    void join(Person const& person, std::string const& circle) const {
        REQUIRE(as(person).post(circle + "/join", {{"agreement_version", "1"}}).status == 303);
    }
    /// Begins a conversation; gives its path.
    [[nodiscard]] std::string begin(Person const& person, std::string const& circle,
                                    FormFields const& fields = {}) const {
        FormFields form{{"title", "The first frost"}, {"body", "It was *white* at seven."}};
        form.insert(form.begin(), fields.begin(), fields.end());
        auto const reply = as(person).post(circle + "/conversations", form);
        REQUIRE(reply.status == 303);
        return path_of(reply);
    }
    void say(Person const& person, std::string const& conversation,
             std::string const& words) const {
        REQUIRE(as(person).post(conversation + "/comments", {{"body", words}}).status == 303);
    }

    /// The path of an answer's location, without its query.
    static std::string path_of(Reply const& reply) {
        auto const location = reply.header("location");
        return location.substr(0, location.find('?'));
    }
    /// What this browser gets for a circle that was never there.
    static std::string missing(Browser browser) {
        auto const reply = browser.get("/circles/" + std::string(22, 'A'));
        CHECK(reply.status == 404);
        return reply.body;
    }

    TestSite site;
    Person ada, ben, cleo, dan, guide, host;

private:
    static std::vector<web::Slice> rooms(std::vector<web::Slice> const& more) {
        std::vector<web::Slice> all{members_for_tests()};
        all.insert(all.end(), more.begin(), more.end());
        all.push_back(talk_slice());
        all.push_back(circles_slice());
        return all;
    }
    static web::SiteHooks hooks() {
        web::SiteHooks hooks;
        hooks.recognise = recognise_by_cookie;
        hooks.seen = [](web::Site&, web::Visitor const&, Time) {};
        hooks.furnish = [](web::Call&, web::Shell& shell) { shell.community_name = "Test"; };
        hooks.queue_mail = [](database::Write&, web::Site&, web::OutgoingMail const&) {};
        return hooks;
    }
};

/// Runs a test on both databases.
template <class Test>
void on_both(Test test) {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        CirclesSite house(fresh.url);
        test(house);
    }
}

}  // namespace kith::tests
