#include "members_site.hpp"

#include "members/join_requests.hpp"
#include "members/recovery.hpp"
#include "members/sessions.hpp"
#include "members/sign_in_links.hpp"

using namespace kith;
using namespace kith::members;
using namespace kith::tests;
using namespace std::chrono_literals;

namespace {

constexpr database::Sql separate = R"(
    insert into separations (viewer, other) values (:viewer, :other))";
constexpr database::Sql list = "update members set listed = 1 where id = :id";
constexpr database::Sql rows_of_member = R"(
    select (select count(*) from sessions where member = :member)
         + (select count(*) from sign_in_links where member = :member)
         + (select count(*) from recovery_codes where member = :member)
         + (select count(*) from invitations where made_by = :member))";

void on_both(std::function<void(MembersSite&)> const& test) {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        MembersSite site(fresh.url);
        test(site);
    }
}

}  // namespace

TEST_CASE("a new member is seen by themselves and the server, and by nobody else") {
    on_both([](MembersSite& site) {
        auto const maya = site.add("Maya");
        auto const joel = site.add("Joel");
        auto const guide = site.add("Bernie", Role::guide);
        site.write([&](database::Write& write) {
            auto const sees = [&](Viewer const& viewer, Id<Member> whom) {
                return member_by_id(write, viewer, whom).has_value();
            };
            Viewer const by_joel{joel, Role::member};
            CHECK(sees(Viewer::server(), maya));
            CHECK(sees({maya, Role::member}, maya));
            CHECK_FALSE(sees(by_joel, maya));
            CHECK_FALSE(sees({guide, Role::guide}, maya));
            CHECK_FALSE(sees(Viewer::stranger(), maya));
            CHECK(sees(by_joel, guide));
            CHECK_FALSE(sees(Viewer::stranger(), guide));

            database::execute(write, list, database::bind("id", maya));
            CHECK(sees(by_joel, maya));
            CHECK_FALSE(sees(Viewer::stranger(), maya));
            database::execute(write, separate, database::bind("viewer", joel),
                              database::bind("other", maya));
            CHECK_FALSE(sees(by_joel, maya));
            auto const row = member_by_id(write, Viewer::server(), maya);
            CHECK_FALSE(find_member(write, by_joel, row->public_id));
            CHECK(find_member(write, Viewer::server(), row->public_id)->name == "Maya");
            set_state(site.site(), write, guide, MemberState::disabled);
            CHECK_FALSE(sees(by_joel, guide));
        });
    });
}

TEST_CASE("names need not be unique, a confirmed address belongs to one account") {
    on_both([](MembersSite& site) {
        auto const now = site.site().now();
        auto const one = site.add("Maya", Role::member, "maya@example.org");
        auto const two = site.add("maya");
        for (int i = 0; i < 6; ++i) site.add("Sam");
        site.write([&](database::Write& write) {
            auto const server = Viewer::server();
            CHECK(accounts_called(write, server, "MAYA").size() == 2);
            CHECK(accounts_called(write, server, "Maya@Example.org").size() == 1);
            CHECK(accounts_called(write, server, "Sam").size() == 5);
            CHECK(accounts_called(write, server, "Nobody").empty());
            CHECK(accounts_called(write, Viewer::stranger(), "Maya").empty());
            CHECK_FALSE(set_confirmed_email(write, two, "maya@example.org", now));
            CHECK(set_confirmed_email(write, one, std::nullopt, now));
            CHECK(set_confirmed_email(write, two, "maya@example.org", now));
            CHECK(account_for_link(write, server, "MAYA@example.org")->id == two);
            CHECK_FALSE(account_of(write, {one, Role::member}, two));
        });
    });
}

TEST_CASE("a link goes to an unconfirmed address only where it is the one way in") {
    on_both([](MembersSite& site) {
        site.write([&](database::Write& write) {
            NewMember member{.public_id = PublicId::make(site.site().random), .name = "Maya"};
            member.email = "Maya@Example.org";
            member.password_hash = "a hash";
            auto const id = add_member(write, member);
            CHECK_FALSE(account_for_link(write, Viewer::server(), "maya@example.org"));
            set_password(write, id, std::nullopt);
            CHECK(account_for_link(write, Viewer::server(), "maya@example.org")->id == id);
        });
    });
}

TEST_CASE("links, invitations and recovery codes are used once") {
    on_both([](MembersSite& site) {
        auto& house = site.site();
        auto const maya = site.add("Maya");
        site.write([&](database::Write& write) {
            auto const token =
                make_link_token(house, write, maya, LinkPurpose::sign_in, std::nullopt);
            CHECK_FALSE(use_link(house, write, token, LinkPurpose::confirm_email));
            CHECK(use_link(house, write, token, LinkPurpose::sign_in)->member == maya);
            CHECK_FALSE(use_link(house, write, token, LinkPurpose::sign_in));
            static_cast<void>(make_link_to_nowhere(house, write));

            auto const path = make_invitation(house, write, maya, "");
            auto const invitation = path.substr(std::string("/join/").size());
            CHECK(find_invitation(house, write, invitation) == maya);
            CHECK(use_invitation(house, write, invitation, maya));
            CHECK_FALSE(use_invitation(house, write, invitation, maya));
            CHECK_FALSE(find_invitation(house, write, invitation));

            auto const codes = make_recovery_codes(house, write, maya);
            CHECK(codes.size() == limits::recovery_codes_made);
            CHECK(use_recovery_code(house, write, codes[0]) == maya);
            CHECK_FALSE(use_recovery_code(house, write, codes[0]));
            CHECK(recovery_codes_left(write, {maya, Role::member}) ==
                  static_cast<std::int64_t>(codes.size()) - 1);
            (void)make_recovery_codes(house, write, maya);
            CHECK_FALSE(use_recovery_code(house, write, codes[1]));
        });
    });
}

TEST_CASE("a link ends after 15 minutes and an invitation after 72 hours") {
    on_both([](MembersSite& site) {
        auto& house = site.site();
        auto const maya = site.add("Maya");
        std::string link;
        std::string invitation;
        site.write([&](database::Write& write) {
            link = make_link_token(house, write, maya, LinkPurpose::sign_in, std::nullopt);
            invitation = make_invitation(house, write, maya, "").substr(6);
        });
        auto const usable = [&] {
            return site.write([&](database::Write& write) {
                return std::pair(find_link(house, write, link, LinkPurpose::sign_in).has_value(),
                                 find_invitation(house, write, invitation).has_value());
            });
        };
        site.clock().move(14min);
        CHECK(usable() == std::pair(true, true));
        site.clock().move(2min);
        CHECK(usable() == std::pair(false, true));
        site.clock().move(72h);
        CHECK(usable() == std::pair(false, false));
    });
}

TEST_CASE("whoever asked to join becomes a member once, and their address is kept once") {
    on_both([](MembersSite& site) {
        auto& house = site.site();
        auto const steward = site.add("Bernie", Role::steward);
        site.write([&](database::Write& write) {
            Joining joining;
            joining.name = "Maya";
            joining.email = "maya@example.org";
            joining.words = "I was sent by Joel.";
            joining.agreement_version = 1;
            auto const token = ask_to_join(house, write, joining);
            CHECK(join_requests_waiting(write, {steward, Role::member}).empty());
            auto const waiting = join_requests_waiting(write, {steward, Role::steward});
            REQUIRE(waiting.size() == 1);
            CHECK(waiting[0].words == joining.words);
            auto const member = accept_join_request(house, write, waiting[0].public_id, steward);
            CHECK(account_of(write, Viewer::server(), member)->email == "maya@example.org");
            CHECK_THROWS_AS((void)accept_join_request(house, write, waiting[0].public_id, steward),
                            Refusal);
            CHECK_THROWS_AS(decline_join_request(house, write, waiting[0].public_id, steward),
                            Refusal);
            auto const followed = find_join_request(house, write, token);
            CHECK(followed->state == JoinState::accepted);
            CHECK(followed->member == member);
            CHECK_FALSE(followed->email);
        });
        CHECK(site.mails().back().to == "maya@example.org");
    });
}

TEST_CASE("what has had its time is forgotten, and an erased member leaves no way in") {
    on_both([](MembersSite& site) {
        auto& house = site.site();
        auto const maya = site.add("Maya");
        auto const fill = [&] {
            site.write([&](database::Write& write) {
                (void)start_session(house, write, {.member = maya, .described = ""});
                (void)make_sign_in_link(house, write, maya);
                (void)make_recovery_codes(house, write, maya);
                (void)make_invitation(house, write, maya, "");
            });
        };
        auto const rows = [&] {
            return site.write([&](database::Write& write) {
                return database::number(write, rows_of_member, database::bind("member", maya));
            });
        };
        fill();
        auto const whole = rows();
        auto const slice = members_slice();
        site.clock().move(100 * 24h);
        slice.jobs.at(0).run(house, "");
        CHECK(rows() == whole - 2);  // the session and the link
        fill();
        site.write([&](database::Write& write) { (*slice.erase_for)(write, maya); });
        CHECK(rows() == 0);
    });
}

TEST_CASE("a changed agreement gets a new version, an unchanged one keeps it") {
    on_both([](MembersSite& site) {
        site.set([](Community& house) { house.name = "Harbour Street"; });
        auto const read = [&] {
            return site.write([](database::Write& write) { return community(write); });
        };
        CHECK(read().name == "Harbour Street");
        CHECK(read().agreement_version == 1);
        site.set([](Community& house) { house.agreement += "\n- We are on time."; });
        CHECK(read().agreement_version == 2);
        site.write([](database::Write& write) {
            CHECK(help_lines(write, "GB").at(0).href == "tel:116123");
            CHECK(help_lines(write, "XX").empty());
        });
    });
}
