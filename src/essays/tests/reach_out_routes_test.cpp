#include "community.hpp"
#include "essays/reach_out.hpp"
#include "postgres.hpp"

using namespace kith;
using namespace kith::tests;

namespace {

std::string first_letter(Community& community, std::string const& path) {
    auto member = community.as(community.member);
    auto const sent = member.post(path + "/reach-out", {{"body", "May I ask you *something*?"}});
    REQUIRE(sent.status == 303);
    auto const location = sent.header("location");
    return location.substr(0, location.find('?'));
}

}  // namespace

TEST_CASE("what to expect is said before the form, with help lines first") {
    Community community;
    auto const path = community.publish();
    auto author = community.as(community.author);
    CHECK(author
              .post("/settings/reach-out", {{"takes_letters", "1"},
                                            {"takes_guests", "1"},
                                            {"answer_days", "5"},
                                            {"when_read", "on Tuesdays"},
                                            {"expect", "Begin anywhere."}})
              .status == 303);
    auto const page = community.stranger().get(path + "/reach-out");
    CHECK(page.status == 200);
    for (auto const* words : {"In danger now?", "on Tuesdays", "within 5 days", "Begin anywhere.",
                              "not therapy", "If a court orders it."})
        CHECK_MESSAGE(page.has(words), words);
    CHECK(page.body.find("In danger now?") < page.body.find("<textarea"));
    CHECK(community.stranger().get(path).has("on Tuesdays"));
    CHECK(author.post("/settings/reach-out", {{"answer_days", "999"}}).status == 422);
}

TEST_CASE("a letter is received, read and answered, between the two alone") {
    Community community;
    auto const path = community.publish();
    auto const url = first_letter(community, path);
    auto member = community.as(community.member);
    auto author = community.as(community.author);
    CHECK(member.get(url).has("<em>something</em>"));
    REQUIRE(community.mailbox->notices().size() == 1);
    auto const came = community.mailbox->notices().back();
    CHECK(came.kind == "essays.letter_came");
    CHECK(came.to == community.author.id);
    CHECK(came.from == community.member.id);
    CHECK(came.url == url);
    CHECK(community.mailbox->mails().empty());
    for (auto const& someone : {community.other, community.steward, community.host})
        CHECK(community.as(someone).get(url).status == 404);
    CHECK(community.stranger().get(url).status == 303);

    CHECK_FALSE(author.get(url).has("something"));
    CHECK(member.get_json(url).json().at("state") == "received");
    CHECK(member.post(url + "/read").status == 404);
    CHECK(author.post(url + "/read").status == 303);
    CHECK(author.get(url).has("something"));
    CHECK(member.get_json(url).json().at("state") == "read");
    CHECK(author.post(url + "/answer", {{"body", ""}}).status == 422);
    CHECK(author.post(url + "/answer", {{"body", "Yes, you may."}}).status == 303);
    REQUIRE(community.mailbox->notices().size() == 2);
    CHECK(community.mailbox->notices().back().kind == "essays.answer_came");
    CHECK(community.mailbox->notices().back().to == community.member.id);
    CHECK(member.get(url).has("Yes, you may."));
    CHECK(member.get(path).has("read, and answered"));
    CHECK(member.post(url + "/answer", {{"body", "Thank you."}}).status == 303);
    CHECK(author.get_json("/reach-outs").json().at("to_you").at(0).at("waits_for_you") == true);
    CHECK(member.post(url + "/close").status == 303);
    CHECK(author.post(url + "/answer", {{"body", "One more."}}).status == 409);
}

TEST_CASE("a guest's letter is confirmed, answered by mail, and read by link") {
    Community community;
    auto const path = community.publish();
    auto guest = community.stranger();
    CHECK(guest.post(path + "/reach-out", {{"body", "Hello"}, {"name", "Jo"}, {"email", "no"}})
              .status == 422);
    CHECK(guest
              .post(path + "/reach-out",
                    {{"body", "Hello, I read this."}, {"name", "Jo"}, {"email", "jo@example.org"}})
              .status == 303);
    CHECK(community.mailbox->last().to == "jo@example.org");
    CHECK(community.mailbox->last().forget_address);
    auto author = community.as(community.author);
    CHECK(author.get_json("/reach-outs").json().at("to_you").as_array().empty());
    auto const link = community.mailbox->last_path();
    // A scanner that opens links sends nothing.
    CHECK(guest.get(link).has("Yes, this is mine"));
    CHECK(author.get_json("/reach-outs").json().at("to_you").as_array().empty());
    CHECK_FALSE(guest.get(link).has("href=\"/reach-outs\""));
    CHECK(guest.post(link + "/confirm").status == 303);
    auto const item = author.get_json("/reach-outs").json().at("to_you").at(0);
    CHECK(item.at("line") == "From Jo, a guest");
    REQUIRE(community.mailbox->notices().size() == 1);
    CHECK(community.mailbox->notices().back().to == community.author.id);
    CHECK_FALSE(community.mailbox->notices().back().from.has_value());
    auto const url = std::string(item.at("url").as_string());
    CHECK(author.post(url + "/read").status == 303);
    CHECK(author.post(url + "/answer", {{"body", "I am glad you wrote."}}).status == 303);
    auto const mail = community.mailbox->last();
    CHECK(mail.to == "jo@example.org");
    CHECK(mail.text.find("glad") == std::string::npos);
    auto const answer_link = community.mailbox->last_path();
    CHECK(answer_link != link);
    CHECK(guest.get(answer_link).has("I am glad you wrote."));
    CHECK(guest.post(answer_link + "/answer", {{"body", "So am I."}}).status == 303);
    CHECK(author.get_json(url).json().at("state") == "received");
    CHECK(guest.post(answer_link + "/close").status == 303);
    CHECK(author.post(url + "/answer", {{"body", "x"}}).status == 409);
    CHECK(guest.get("/reach-outs/link/" + std::string(43, 'A')).status == 404);
}

TEST_CASE("whoever takes no letters, and oneself, is not found") {
    Community community;
    auto const path = community.publish();
    auto author = community.as(community.author);
    CHECK(author.get(path + "/reach-out").status == 404);
    CHECK(author.post("/settings/reach-out", {{"takes_letters", "1"}}).status == 303);
    CHECK(community.stranger().get(path + "/reach-out").status == 404);
    CHECK(community.as(community.member).get(path + "/reach-out").status == 200);
    CHECK(author.post("/settings/reach-out", {}).status == 303);
    CHECK(community.as(community.member).get(path + "/reach-out").status == 404);
    CHECK_FALSE(community.as(community.member).get(path).has("Reach out to"));
}

TEST_CASE("any guide can be written to from their page; a member only if they opened it") {
    Community community;
    auto member = community.as(community.member);
    auto const guide = "/guides/" + community.steward.public_id.text() + "/reach-out";
    CHECK(member.get(guide).status == 200);
    CHECK(member.post(guide, {{"body", "Hello"}}).status == 303);
    auto const other = "/guides/" + community.other.public_id.text() + "/reach-out";
    CHECK(member.get(other).status == 404);
    community.keep_distance(community.member, community.steward);
    CHECK(member.get(guide).status == 404);
}

TEST_CASE("keeping distance closes an exchange without a word") {
    Community community;
    auto const path = community.publish();
    auto const url = first_letter(community, path);
    auto author = community.as(community.author);
    auto member = community.as(community.member);
    community.keep_distance(community.author, community.member);
    auto const page = member.get(url);
    CHECK(page.status == 200);
    CHECK(page.has("This conversation is closed."));
    CHECK_FALSE(page.has("Ada Author"));
    CHECK(member.post(url + "/answer", {{"body", "Hello?"}}).status == 409);
    CHECK(author.post(url + "/answer", {{"body", "Hello?"}}).status == 409);
}

TEST_CASE("once two are apart, nothing that one does with a letter shows to the other") {
    Community community;
    auto const path = community.publish();
    auto const url = first_letter(community, path);
    auto author = community.as(community.author);
    auto member = community.as(community.member);
    CHECK(author.get(url).has("Open it"));
    community.keep_distance(community.author, community.member);
    auto const seen = member.get_json(url).body;
    auto const listed = member.get_json("/reach-outs").body;
    auto const authors_list = author.get_json("/reach-outs").body;

    auto const page = author.get(url);
    CHECK(page.has("This conversation is closed."));
    CHECK(
        page.has("<details class=\"note\"><summary><span>A message that you have not opened yet."));
    CHECK(page.has("<em>something</em>"));
    for (auto const* act : {"/read", "/answer", "/close"})
        for (auto const& someone : {community.author, community.member})
            CHECK_FALSE(community.as(someone).get(url).has("action=\"" + url + act));
    community.site.clock.move(std::chrono::hours(1));
    CHECK(author.post(url + "/read").status == 303);
    CHECK(author.post(url + "/close").status == 303);
    CHECK(member.get_json(url).body == seen);
    CHECK(member.get_json("/reach-outs").body == listed);
    CHECK(member.post(url + "/close").status == 303);
    CHECK(author.get_json("/reach-outs").body == authors_list);
}

TEST_CASE("a letter in an exchange that was closed looks the same as when two are apart") {
    Community community;
    auto const path = community.publish();
    auto const url = first_letter(community, path);
    auto author = community.as(community.author);
    CHECK(community.as(community.member).post(url + "/close").status == 303);
    auto const closed = author.get(url);
    CHECK(closed.has("<em>something</em>"));
    community.keep_distance(community.author, community.member);
    CHECK(author.get(url).body == closed.body);
    auto member = community.as(community.member);
    auto const seen = member.get_json(url).body;
    CHECK(author.post(url + "/read").status == 303);
    CHECK(member.get_json(url).body == seen);
}

TEST_CASE("a guest writes to a guide who takes guests' letters") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Community community(fresh.url);
        auto guest = community.stranger();
        auto const guide = "/guides/" + community.steward.public_id.text() + "/reach-out";
        auto const page = guest.get(guide);
        CHECK(page.status == 200);
        CHECK(page.has("name=\"email\""));
        CHECK_FALSE(page.has("href=\"/members/"));
        CHECK(guest.post(guide, {{"body", "Hello"}, {"name", "Jo"}, {"email", "no"}}).status ==
              422);
        CHECK(guest.post(guide, {{"body", "Hello"}, {"name", "Jo"}, {"email", "jo@example.org"}})
                  .status == 303);
        auto const link = community.mailbox->last_path();
        CHECK(guest.post(link + "/confirm").status == 303);
        auto const item =
            community.as(community.steward).get_json("/reach-outs").json().at("to_you").at(0);
        CHECK(item.at("line") == "From Jo, a guest");
    }
}

TEST_CASE("a stranger learns of no one who takes no guests' letters, and loses no words") {
    Community community;
    auto steward = community.as(community.steward);
    CHECK(steward.post("/settings/reach-out", {{"takes_letters", "1"}}).status == 303);
    auto member = community.as(community.member);
    CHECK(member.post("/settings/reach-out", {{"takes_letters", "1"}, {"takes_guests", "1"}})
              .status == 303);
    auto guest = community.stranger();
    std::vector<PublicId> const ids{community.steward.public_id, community.member.public_id,
                                    community.other.public_id,
                                    PublicId::make(community.site.random)};
    for (auto const& id : ids) {
        auto const guide = "/guides/" + id.text() + "/reach-out";
        CHECK(guest.get(guide).status == 303);
        CHECK(guest.get_json(guide).status == 401);
        for (FormFields const& form :
             {FormFields{{"body", "Words of an hour"}},
              FormFields{{"body", "Words of an hour"}, {"name", "Jo"}, {"email", "j@e.org"}}}) {
            auto const reply = guest.post(guide, form);
            CHECK(reply.status == 401);
            CHECK(reply.has("Words of an hour"));
        }
    }
}

TEST_CASE("where a member can be written to is said to whoever may write") {
    Community community;
    auto const asked = [&](Person const& viewer, Person const& of) {
        return community.site.database().read([&](database::Read& read) {
            web::Call call(community.site.site(), {});
            call.visitor.viewer = viewer.viewer();
            call.lend(&read);
            return essays::reach_out_url(call, of.public_id);
        });
    };
    CHECK(asked(community.member, community.steward) ==
          "/guides/" + community.steward.public_id.text() + "/reach-out");
    CHECK_FALSE(asked(community.steward, community.steward).has_value());
    CHECK_FALSE(asked(community.member, community.other).has_value());
    CHECK(community.as(community.steward).post("/settings/reach-out", {}).status == 303);
    CHECK_FALSE(asked(community.member, community.steward).has_value());
    community.keep_distance(community.member, community.host);
    CHECK_FALSE(asked(community.member, community.host).has_value());
}

TEST_CASE("a letter's heading leads to a page that its reader may see, and to no other") {
    Community community;
    auto const path = community.publish();
    auto const url = first_letter(community, path);
    auto author = community.as(community.author);
    auto const link = "href=\"/members/" + community.member.public_id.text() + "\"";
    CHECK(author.get(url).has(link));
    community.write([&](database::Write& write) {
        database::execute(write, unlist_member, database::bind("member", community.member.id));
    });
    CHECK_FALSE(author.get(url).has(link));
    CHECK(author.get(url).has("From Mo Member"));
    CHECK(author.get(url).has("href=\"/reach-outs\""));
    CHECK(community.as(community.member)
              .get(url)
              .has("href=\"/members/" + community.author.public_id.text() + "\""));
}

TEST_CASE("from an exchange each can keep distance, also from whoever is on no list") {
    Community community;
    auto const url = first_letter(community, community.publish());
    community.write([&](database::Write& write) {
        database::execute(write, unlist_member, database::bind("member", community.member.id));
    });
    auto const link = [&](auto const& other) {
        return "<a href=\"/members/" + other.public_id.text() + "/distance?known=";
    };
    CHECK(community.as(community.author).get(url).has(link(community.member)));
    CHECK(community.as(community.member).get(url).has(link(community.author)));
    CHECK(community.as(community.author).post(url + "/close").status == 303);
    CHECK_FALSE(community.as(community.member).get(url).has(link(community.author)));
}

TEST_CASE("nothing leads to a letter to an author whose account is disabled") {
    Community community;
    auto const path = community.publish();
    auto member = community.as(community.member);
    CHECK(member.get(path).has(path + "/reach-out"));
    community.write([&](database::Write& write) {
        members::set_state(community.site.site(), write, community.author.id,
                           members::MemberState::disabled);
    });
    auto const page = member.get(path);
    CHECK(page.status == 200);
    CHECK_FALSE(page.has(path + "/reach-out"));
    CHECK(member.get(path + "/reach-out").status == 404);
}
