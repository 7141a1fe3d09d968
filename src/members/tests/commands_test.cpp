#include <CLI/CLI.hpp>
#include <sstream>

#include "members/members_commands.hpp"
#include "members_site.hpp"
#include "web/audit.hpp"
#include "web/command.hpp"

using namespace kith;
using namespace kith::members;
using namespace kith::tests;

namespace {

/// `kith` with the members' commands alone, over a test's community.
class Line final : public web::CommandHouse {
public:
    explicit Line(MembersSite& site, bool json = false) : site_(site), json_(json) {}

    web::House& house() override { return site_.test().house(); }
    bool wants_json() const override { return json_; }
    std::istream& in() override { return in_; }
    std::ostream& out() override { return out_; }

    /// What the command printed.
    std::string run(std::vector<std::string> words, std::string const& input = {}) {
        CLI::App root("Kith", "kith");
        root.require_subcommand(1);
        for (auto const& declare : member_commands()) declare(root, *this);
        in_.str(input);
        out_.str({});
        std::reverse(words.begin(), words.end());
        root.parse(std::move(words));
        return out_.str();
    }

private:
    MembersSite& site_;
    bool json_;
    std::istringstream in_;
    std::ostringstream out_;
};

std::string const link_begin = "http://127.0.0.1/sign-in/link/";

}  // namespace

TEST_CASE("a command adds a member and prints an id and a link that works once") {
    MembersSite site;
    Line line(site);
    auto const said = line.run({"member", "add", "--name", "Ada", "--role", "steward",
                                "--writes-essays", "--email", "Ada@Example.org"});
    auto const end = said.find('\n');
    auto const id = PublicId::parse(said.substr(0, end));
    REQUIRE(id.has_value());
    auto const link = said.substr(end + 1, said.find('\n', end + 1) - end - 1);
    REQUIRE(link.starts_with(link_begin));
    auto browser = site.stranger();
    CHECK(browser.post(link.substr(16)).status == 303);
    CHECK(browser.get("/host").status == 200);
    CHECK(site.stranger().post(link.substr(16)).status != 303);
    site.write([&](database::Write& write) {
        auto const member = find_member(write, Viewer::server(), *id);
        REQUIRE(member.has_value());
        CHECK(member->name == "Ada");
        CHECK(member->writes_essays);
        CHECK_FALSE(member->listed);
        CHECK(account_of(write, Viewer::server(), member->id)->email == "ada@example.org");
        CHECK(web::verify_audit(write).entries == 2);
    });
}

TEST_CASE("a program gets id and link as JSON, and a password is read from standard input") {
    MembersSite site;
    Line line(site, true);
    auto const said = boost::json::parse(
        line.run({"member", "add", "--name", "Bo", "--role", "host", "--password-stdin"},
                 std::string(good_password) + "\n"));
    CHECK(said.as_object().size() == 2);
    CHECK(said.at("sign_in_link").as_string().starts_with(link_begin));
    auto browser = site.sign_in("Bo");
    CHECK(browser.get("/host/members").status == 200);
}

TEST_CASE("a command lists every member by name: id, role, state") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite site(fresh.url);
        Line line(site);
        CHECK(line.run({"member", "list"}).empty());
        auto const maya = site.add("Maya\tMoon");
        site.add("Hal", Role::host);
        for (std::size_t i = 0; i < limits::page_items; ++i) site.add("Someone");
        site.write([&](database::Write& write) {
            set_state(site.site(), write, maya, MemberState::disabled);
        });
        auto const said = line.run({"member", "list"});
        CHECK(std::ranges::count(said, '\n') == limits::page_items + 2);
        CHECK(said.find("host    active   Hal\n") != std::string::npos);
        CHECK(said.find("member  disabled Maya Moon\n") != std::string::npos);

        Line program(site, true);
        auto const listed = boost::json::parse(program.run({"member", "list"}));
        auto const& members = listed.at("members").as_array();
        REQUIRE(members.size() == limits::page_items + 2);
        CHECK(members.at(0).at("name") == "Hal");
        CHECK(members.at(0).at("role") == "host");
        CHECK(members.at(1).at("name") == "Maya\tMoon");
        CHECK(members.at(1).at("state") == "disabled");
        auto const id = std::string(members.at(1).at("id").as_string());
        CHECK(said.find(id + "  member") != std::string::npos);
        site.write([&](database::Write& write) {
            CHECK(find_member(write, Viewer::server(), *PublicId::parse(id))->id == maya);
        });
    }
}

TEST_CASE("what a command can't do it refuses with a sentence") {
    MembersSite site;
    Line line(site);
    CHECK_THROWS_AS(line.run({"member", "add", "--name", " ", "--role", "member"}),
                    web::CommandRefused);
    CHECK_THROWS_AS(line.run({"member", "add", "--name", std::string(61, 'x'), "--role", "member"}),
                    web::CommandRefused);
    CHECK_THROWS_AS(
        line.run({"member", "add", "--name", "Ada", "--role", "member", "--email", "ada"}),
        web::CommandRefused);
    CHECK_THROWS_AS(
        line.run({"member", "add", "--name", "Ada", "--role", "member", "--password-stdin"},
                 "short\n"),
        web::CommandRefused);
    CHECK_THROWS_AS(line.run({"member", "add", "--name", "Wilhelmina Featherstone", "--role",
                              "member", "--password-stdin"},
                             "wilhelmina featherstone\n"),
                    web::CommandRefused);
    CHECK_THROWS_AS(line.run({"member", "add", "--name", "Ada", "--role", "king"}),
                    CLI::ParseError);
    CHECK_THROWS_AS(line.run({"member", "add", "--role", "member"}), CLI::ParseError);
    CHECK_THROWS_AS(line.run({"member", "disable", "nobody"}), web::CommandRefused);
    CHECK_FALSE(site.write([](database::Write& write) { return any_member(write); }));
}

TEST_CASE("a command changes a role, closes an account and opens it again") {
    MembersSite site;
    auto const maya = site.add("Maya");
    site.add("Hal", Role::host);
    auto const id = site.write([&](database::Write& write) {
        return member_by_id(write, Viewer::server(), maya)->public_id.text();
    });
    auto browser = site.sign_in("Maya");
    Line line(site);
    line.run({"member", "role", id, "steward"});
    CHECK(browser.get("/settings").status == 303);  // the session was made for the old role
    CHECK(site.sign_in("Maya").get("/host/joining").status == 200);
    line.run({"member", "disable", id});
    CHECK(
        site.stranger().post("/sign-in", {{"name", "Maya"}, {"password", good_password}}).status ==
        422);
    CHECK_THROWS_AS(line.run({"member", "sign-in-link", id}), web::CommandRefused);
    line.run({"member", "enable", id});
    CHECK(line.run({"member", "sign-in-link", id}).find(link_begin) != std::string::npos);
}

TEST_CASE("no command leaves the community without a host") {
    MembersSite site;
    auto const hal = site.add("Hal", Role::host);
    auto const id = site.write([&](database::Write& write) {
        return member_by_id(write, Viewer::server(), hal)->public_id.text();
    });
    Line line(site);
    CHECK_THROWS_AS(line.run({"member", "role", id, "member"}), web::CommandRefused);
    CHECK_THROWS_AS(line.run({"member", "disable", id}), web::CommandRefused);
    site.add("Ida", Role::host);
    line.run({"member", "role", id, "member"});
}
