#include "community.hpp"

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
    CHECK(community.mailbox->notices().back().kind == "essays.letter_answered");
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
