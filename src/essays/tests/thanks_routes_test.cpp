#include "community.hpp"

using namespace kith;
using namespace kith::tests;

namespace {

std::string card_url(Community& community, Person const& person) {
    auto browser = community.as(person);
    auto const list = browser.get_json("/thanks").json();
    return std::string(list.at("to_you").at(0).at("url").as_string());
}

}  // namespace

TEST_CASE("thanks by mail: a link and nothing else, a private page, received once") {
    Community community;
    auto const path = community.publish();
    auto member = community.as(community.member);
    CHECK(member
              .post(path + "/thanks",
                    {{"to", "dolores@example.org"}, {"note", "You were there.\n\nAlways."}})
              .status == 303);
    auto const mail = community.mailbox->last();
    CHECK(mail.to == "dolores@example.org");
    CHECK(mail.forget_address);
    for (auto const* private_word : {"Mo Member", "You were there", "A cup", "Ada"}) {
        CHECK(mail.text.find(private_word) == std::string::npos);
        CHECK(mail.subject.find(private_word) == std::string::npos);
    }
    auto const link = community.mailbox->last_path();
    auto stranger = community.stranger();
    auto const page = stranger.get(link);
    CHECK(page.status == 200);
    CHECK(page.has("Mo Member"));
    CHECK(page.has("You were there."));
    CHECK(page.has("It was <em>there</em> at seven."));
    CHECK(page.has("noindex"));
    CHECK(page.header("cache-control") == "private, no-store");
    CHECK(stranger.post(link + "/received").status == 303);
    CHECK_FALSE(stranger.get(link).has("<button class=\"btn btn--primary\">Received"));
    CHECK(stranger.get("/thanks/" + std::string(43, 'A')).status == 404);
    community.site.clock.move(limits::thanks_age_max);
    CHECK(stranger.get(link).status == 404);
}

TEST_CASE("thanks to a member: on their Today, answered on the sender's") {
    Community community;
    auto const path = community.publish();
    CHECK(community.as(community.member)
              .post(path + "/thanks", {{"to", "Olu Other"}, {"note", "Thank you."}})
              .status == 303);
    CHECK(community.mailbox->mails().empty());
    REQUIRE(community.mailbox->notices().size() == 1);
    CHECK(community.mailbox->notices().back().kind == "essays.thanks_came");
    CHECK(community.mailbox->notices().back().to == community.other.id);
    auto const url = card_url(community, community.other);
    CHECK(community.mailbox->notices().back().url == url);
    auto other = community.as(community.other);
    CHECK(other.get(url).has("Mo Member thanks you"));
    CHECK(other.get(url).has("/members/" + community.member.public_id.text() + "/distance?known="));
    CHECK(community.as(community.author).get(url).status == 404);
    CHECK(community.as(community.host).get(url).status == 404);
    CHECK(community.stranger().get(url).status == 404);
    auto sender = community.as(community.member);
    CHECK(sender.get(url).status == 200);
    CHECK_FALSE(sender.get(url).has("/distance?known="));
    CHECK(sender.post(url + "/received").status == 404);
    CHECK(other.post(url + "/received").status == 303);
    CHECK(community.mailbox->notices().back().kind == "essays.thanks_arrived");
    CHECK(community.mailbox->notices().back().to == community.member.id);
    CHECK(community.mailbox->notices().back().from == community.other.id);
    CHECK(other.post(url + "/received").status == 303);
    CHECK(community.mailbox->notices().size() == 2);
    CHECK(sender.get_json("/thanks").json().at("sent").at(0).at("received") == true);
    CHECK(other.post(url + "/put-away").status == 303);
}

TEST_CASE("whoever can't receive it, the answer is the same") {
    Community community;
    auto const path = community.publish();
    auto member = community.as(community.member);
    community.keep_distance(community.member, community.other);
    auto const send = [&](std::string const& to) {
        return member.post(path + "/thanks", {{"to", to}, {"note", "Thank you."}});
    };
    auto const to_distanced = send("Olu Other");
    auto const to_nobody = send("Nobody Here");
    auto const to_one = send("Sia Steward");
    auto const to_id = send("/members/" + community.other.public_id.text());
    for (auto const& reply : {to_distanced, to_nobody, to_id}) {
        CHECK(reply.status == to_one.status);
        CHECK(reply.header("location") == to_one.header("location"));
    }
    auto const count_to = [&](Person const& person) {
        auto const list = community.as(person).get_json("/thanks").json();
        return list.at("to_you").as_array().size();
    };
    CHECK(count_to(community.other) == 0);
    CHECK(count_to(community.steward) == 1);
}

TEST_CASE("thanks with an essay don't reach who is apart from its author; the sender can't tell") {
    Community community;
    auto const path = community.publish();
    community.keep_distance(community.author, community.other);
    auto member = community.as(community.member);
    auto const send = [&](std::string const& to) {
        return member.post(path + "/thanks", {{"to", to}, {"note", "Thank you."}});
    };
    auto const to_apart = send("Olu Other");
    auto const to_one = send("Sia Steward");
    CHECK(to_apart.status == to_one.status);
    CHECK(to_apart.header("location") == to_one.header("location"));
    auto const to_you = [&](Person const& person) {
        return community.as(person).get_json("/thanks").json().at("to_you").as_array().size();
    };
    CHECK(to_you(community.other) == 0);
    CHECK(to_you(community.steward) == 1);
    auto const sent = member.get_json("/thanks").json().at("sent").as_array();
    REQUIRE(sent.size() == 2);
    CHECK(sent[0].at("received") == sent[1].at("received"));
}

TEST_CASE("thanks: strangers can't send, mistakes are kept, ten a day") {
    Community community;
    auto const path = community.publish();
    CHECK(community.stranger().post(path + "/thanks", {{"to", "x"}, {"note", "y"}}).status == 401);
    auto member = community.as(community.member);
    auto const wrong = member.post(path + "/thanks", {{"to", "no@where"}, {"note", "Kept words"}});
    CHECK(wrong.status == 422);
    CHECK(wrong.has("Kept words"));
    CHECK(wrong.has("A cup on the table"));
    auto const too_long = std::string(limits::thanks_note_characters_max + 1, 'a');
    CHECK(member.post(path + "/thanks", {{"to", "Olu Other"}, {"note", too_long}}).status == 422);
    for (int i = 0; i < 10; ++i)
        CHECK(member.post(path + "/thanks", {{"to", "Olu Other"}, {"note", "Thank you."}}).status ==
              303);
    CHECK(member.post(path + "/thanks", {{"to", "Olu Other"}, {"note", "Thank you."}}).status ==
          429);
}

TEST_CASE("sent twice with one key, thanks arrive once") {
    Community community;
    auto const path = community.publish();
    auto member = community.as(community.member);
    for (int i = 0; i < 2; ++i)
        CHECK(member
                  .post(path + "/thanks", {{"to", "dolores@example.org"},
                                           {"note", "Thanks"},
                                           {"idempotency_key", "k1"}})
                  .status == 303);
    CHECK(community.mailbox->mails().size() == 1);
}

TEST_CASE("an essay for members goes to members only") {
    Community community;
    auto const path = community.publish({{"audience", "members"}});
    auto member = community.as(community.member);
    CHECK(member.post(path + "/thanks", {{"to", "a@example.org"}, {"note", "x"}}).status == 422);
    CHECK(member.post(path + "/thanks", {{"to", "Olu Other"}, {"note", "x"}}).status == 303);
}
