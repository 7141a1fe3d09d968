// What members are told of their circles, as the room of notices keeps it for each of them.
#include "circles/own_words.hpp"
#include "circles_site.hpp"
#include "notify/notify_slice.hpp"

using namespace kith;
using namespace kith::tests;

namespace {

constexpr database::Sql told_sql = R"(
    select n.kind from notices n join members m on m.id = n.member
    where m.id = :member and not exists (select 1 from notice_people p
                                         join separations d on d.viewer = n.member
                                              and d.other = p.member
                                         where p.notice = n.id)
    order by n.id)";

/// A site that tells.
class TellingSite : public CirclesSite {
public:
    explicit TellingSite(std::string const& url) : CirclesSite(url, {notify::notify_slice()}) {
        notify::add_notify_hooks(site.site().hooks);
    }

    /// The kinds of what a person was told, in order.
    [[nodiscard]] std::vector<std::string> told(Person const& person) {
        return write([&](database::Write& deed) {
            return database::rows<std::string>(deed, told_sql, database::bind("member", person.id));
        });
    }
    [[nodiscard]] bool told_nothing(Person const& person) { return told(person).empty(); }
    [[nodiscard]] bool told_only(Person const& person, std::string const& kind) {
        return told(person) == std::vector{"circles.told_" + kind};
    }
};

template <class Test>
void telling_on_both(Test test) {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        TellingSite house(fresh.url);
        test(house);
    }
}

FormFields const first_wording{{"agreement_version", "1"}};

void ask(TellingSite& house, Person const& person, std::string const& circle) {
    REQUIRE(house.as(person)
                .post(circle + "/ask", {{"words", "May I come?"}, {"agreement_version", "1"}})
                .status == 303);
}

std::string only_request(TellingSite& house, Person const& keeper, std::string const& circle) {
    auto const items = house.as(keeper).get_json(circle + "/requests").json().at("items");
    REQUIRE(items.as_array().size() == 1);
    auto const url = std::string(items.at(0).at("let_in_url").as_string());
    return url.substr(0, url.rfind('/'));
}

void invite(TellingSite& house, Person const& keeper, std::string const& circle, Person const& to) {
    REQUIRE(house.as(keeper).post(circle + "/invitations", {{"to", to.name}}).status == 303);
}

}  // namespace

TEST_CASE("who keeps a circle is told that somebody asks, until it is answered or taken back") {
    telling_on_both([](TellingSite& house) {
        auto const circle = house.make(house.ada, {{"joining", "asking"}});
        ask(house, house.ben, circle);
        CHECK(house.told_only(house.ada, "asked"));
        CHECK(house.told_nothing(house.cleo));
        auto const line = house.as(house.ada).get("/notices");
        CHECK(line.has("Ben asks to come into Quiet Mornings"));
        REQUIRE(house.as(house.ben).post(circle + "/ask/withdraw").status == 303);
        CHECK(house.told_nothing(house.ada));
        ask(house, house.cleo, circle);
        CHECK(house.told_only(house.ada, "asked"));
        REQUIRE(
            house.as(house.ada).post(only_request(house, house.ada, circle) + "/let-in").status ==
            303);
        CHECK(house.told_only(house.cleo, "let_in"));
        CHECK(house.told_nothing(house.ada));
        CHECK(house.told_nothing(house.ben));
    });
}

TEST_CASE("not now, ignoring and leaving are told nobody") {
    telling_on_both([](TellingSite& house) {
        auto const circle = house.make(house.ada, {{"joining", "asking"}});
        ask(house, house.ben, circle);
        REQUIRE(
            house.as(house.ada).post(only_request(house, house.ada, circle) + "/not-now").status ==
            303);
        CHECK(house.told_nothing(house.ben));
        CHECK(house.told_nothing(house.ada));
        invite(house, house.ada, circle, house.cleo);
        CHECK(house.told_only(house.cleo, "invited"));
        REQUIRE(house.as(house.cleo).post(circle + "/invitation/ignore").status == 303);
        CHECK(house.told_nothing(house.cleo));
        CHECK(house.told_nothing(house.ada));
        auto const open = house.make(house.ada, {{"name", "Evenings"}});
        house.join(house.dan, open);
        REQUIRE(house.as(house.dan).post(open + "/leave").status == 303);
        CHECK(house.told_nothing(house.ada));
        CHECK(house.told_nothing(house.dan));
    });
}

TEST_CASE("an invitation is told whom it reaches, and nobody else; a withdrawn one isn't") {
    telling_on_both([](TellingSite& house) {
        auto const circle = house.make(house.ada, {{"listing", "hidden"}, {"name", "Unseen"}});
        house.keep_distance(house.ada, house.ben);
        invite(house, house.ada, circle, house.ben);
        CHECK(house.told_nothing(house.ben));
        invite(house, house.ada, circle, house.cleo);
        CHECK(house.told_only(house.cleo, "invited"));
        CHECK(house.as(house.cleo).get("/notices").has("Ada invites you into Unseen"));
        for (auto const* other : {&house.ben, &house.dan, &house.host})
            CHECK_FALSE(house.as(*other).get("/notices").has("Unseen"));
        auto const items = house.as(house.ada).get_json(circle + "/invitations").json().at("items");
        for (auto const& item : items.as_array())
            REQUIRE(
                house.as(house.ada).post(std::string(item.at("withdraw_url").as_string())).status ==
                303);
        CHECK(house.told_nothing(house.cleo));
        // Who is in it already isn't asked in.
        auto const open = house.make(house.ada, {{"name", "Evenings"}});
        house.join(house.dan, open);
        invite(house, house.ada, open, house.dan);
        CHECK(house.told_nothing(house.dan));
    });
}

TEST_CASE("whoever was taken out is told so, kindly, and hears of the circle no more") {
    telling_on_both([](TellingSite& house) {
        auto const circle = house.make(house.ada);
        house.join(house.ben, circle);
        house.join(house.cleo, circle);
        static_cast<void>(house.begin(house.ada, circle));
        CHECK(house.told_only(house.ben, "begun"));
        REQUIRE(house.as(house.ada)
                    .post(circle + "/members/" + house.ben.public_id.text() + "/remove",
                          {{"reason", "You shared our words elsewhere."}})
                    .status == 303);
        CHECK(house.told_only(house.ben, "removed"));
        auto ben = house.as(house.ben);
        CHECK(ben.get("/notices").has("You were taken out of Quiet Mornings."));
        CHECK_FALSE(ben.get("/notices").has("elsewhere"));
        CHECK(ben.get("/circles").has("you can speak to a steward"));
        static_cast<void>(house.begin(house.ada, circle));
        CHECK(house.told_only(house.ben, "removed"));
        CHECK(house.told(house.cleo).size() == 2);
    });
}

TEST_CASE("a closed circle, and an agreement that changed, are told everybody in it") {
    telling_on_both([](TellingSite& house) {
        auto const circle = house.make(house.ada);
        house.join(house.ben, circle);
        // They see what the circle has become on its own page as well, so they are told.
        house.keep_distance(house.ada, house.ben);
        auto const settings = CirclesSite::circle_form({{"agreement", "We listen."}});
        REQUIRE(house.as(house.ada).post(circle + "/settings", settings).status == 303);
        CHECK(house.told_only(house.ben, "agreement"));
        CHECK(house.told_nothing(house.ada));
        CHECK(house.told_nothing(house.cleo));
        auto const again =
            CirclesSite::circle_form({{"agreement", "We listen."}, {"agreement_version", "2"}});
        REQUIRE(house.as(house.ada).post(circle + "/settings", again).status == 303);
        CHECK(house.told_only(house.ben, "agreement"));
        REQUIRE(house.as(house.ada).post(circle + "/close").status == 303);
        CHECK(house.told(house.ben).back() == "circles.told_closed");
        auto const page = house.as(house.ben).get("/notices");
        CHECK(page.has("For 30 days you can read it and take a copy along"));
        CHECK_FALSE(page.has("Ada"));
        house.site.clock.move(limits::circle_closed_time);
        circles::tidy(house.site.site());
        CHECK(house.told_nothing(house.ben));
    });
}

TEST_CASE("a conversation that begins is told the others in the circle, and taken back with it") {
    telling_on_both([](TellingSite& house) {
        auto const circle = house.make(house.ada);
        house.join(house.ben, circle);
        auto const conversation = house.begin(house.ben, circle);
        CHECK(house.told_only(house.ada, "begun"));
        CHECK(house.told_nothing(house.ben));
        CHECK(house.told_nothing(house.cleo));
        CHECK(house.as(house.ada).get("/notices").has("Ben began a conversation"));
        REQUIRE(house.as(house.ben).post(conversation + "/withdraw").status == 303);
        CHECK(house.told_nothing(house.ada));
    });
}

TEST_CASE("whoever is apart from the doer isn't told, now or later") {
    telling_on_both([](TellingSite& house) {
        auto const asking = house.make(house.ada, {{"joining", "asking"}});
        auto const open = house.make(house.ada, {{"name", "Evenings"}});
        house.join(house.dan, open);
        house.join(house.ben, open);
        ask(house, house.ben, asking);
        CHECK(house.told_only(house.ada, "asked"));
        house.keep_distance(house.ada, house.ben);
        CHECK(house.told_nothing(house.ada));
        CHECK_FALSE(house.as(house.ada).get("/notices").has("Ben"));
        static_cast<void>(house.begin(house.ben, open));
        CHECK(house.told_nothing(house.ada));
        CHECK(house.told_only(house.dan, "begun"));
        // Of two who keep a circle only the one who isn't apart from the asker is told.
        auto const kept = house.make(house.host, {{"joining", "asking"}, {"name", "Both keep"}});
        ask(house, house.cleo, kept);
        REQUIRE(
            house.as(house.host).post(only_request(house, house.host, kept) + "/let-in").status ==
            303);
        REQUIRE(house.as(house.host)
                    .post(kept + "/members/" + house.cleo.public_id.text() + "/keeper")
                    .status == 303);
        house.keep_distance(house.cleo, house.guide);
        ask(house, house.guide, kept);
        CHECK(house.told_only(house.host, "asked"));
        CHECK(house.told(house.cleo).back() == "circles.told_let_in");
    });
}

TEST_CASE("whoever leaves a circle, or keeps it no longer, hears nothing more of it") {
    telling_on_both([](TellingSite& house) {
        auto const circle = house.make(house.ada, {{"joining", "asking"}});
        ask(house, house.ben, circle);
        REQUIRE(
            house.as(house.ada).post(only_request(house, house.ada, circle) + "/let-in").status ==
            303);
        static_cast<void>(house.begin(house.ada, circle));
        CHECK(house.told(house.ben).size() == 2);
        REQUIRE(house.as(house.ada)
                    .post(circle + "/members/" + house.ben.public_id.text() + "/keeper")
                    .status == 303);
        ask(house, house.cleo, circle);
        CHECK(house.told(house.ben).size() == 3);
        REQUIRE(house.as(house.ben).post(circle + "/step-down").status == 303);
        CHECK(house.told(house.ben).size() == 2);
        CHECK(house.told_only(house.ada, "asked"));
        REQUIRE(house.as(house.ben).post(circle + "/leave").status == 303);
        CHECK(house.told_nothing(house.ben));
    });
}

TEST_CASE("what is said in a mail or on a lock screen names nobody and no circle") {
    TellingSite house{std::string()};
    for (auto const& kind : circles_slice().notices) {
        CAPTURE(kind.name);
        auto const plain = std::string(kind.name) + "_plain";
        for (auto const& language : {"en", "de"}) {
            auto const sentence = house.site.site().words.say(language, plain);
            CHECK(house.site.site().words.has(plain));
            CHECK(sentence.find('{') == std::string::npos);
        }
        CHECK(kind.by_default == web::NoticeDefault::digest);
    }
}
