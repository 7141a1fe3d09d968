// For 7 days whoever asked to be erased may still come back; until then nobody sees anything of
// them.
#include "community.hpp"
#include "members/erasure_store.hpp"
#include "postgres.hpp"

using namespace kith;
using namespace kith::tests;

namespace {

void begin_erasing(Community& community, Person const& person) {
    auto const at = community.site.clock.now() + limits::erasure_grace;
    community.write([&](database::Write& write) {
        members::begin_erasing(community.site.site(), write, person.id, at);
    });
}

void stop_erasing(Community& community, Person const& person) {
    community.write(
        [&](database::Write& write) { static_cast<void>(members::come_back(write, person.id)); });
}

}  // namespace

TEST_CASE("thanks of someone being erased are gone for the other, until they change their mind") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Community community(fresh.url);
        auto const path = community.publish();
        auto member = community.as(community.member);
        auto other = community.as(community.other);
        CHECK(member.post(path + "/thanks", {{"to", "Olu Other"}, {"note", "Steady."}}).status ==
              303);
        CHECK(
            member.post(path + "/thanks", {{"to", "jo@example.org"}, {"note", "Steady."}}).status ==
            303);
        auto const link = community.mailbox->last_path();
        auto const url =
            std::string(other.get_json("/thanks").json().at("to_you").at(0).at("url").as_string());

        begin_erasing(community, community.member);
        CHECK(other.get(url).status == 404);
        CHECK(other.post(url + "/received").status == 404);
        CHECK(other.get_json("/thanks").json().at("to_you").as_array().empty());
        CHECK(community.stranger().get(link).status == 404);
        CHECK(member.get(url).has("Steady."));
        stop_erasing(community, community.member);
        CHECK(other.get(url).has("Steady."));
        CHECK(community.stranger().get(link).has("Steady."));

        begin_erasing(community, community.other);
        CHECK(member.get(url).has("Steady."));
        CHECK_FALSE(member.get(url).has("Olu"));
        CHECK_FALSE(member.get("/thanks").has("Olu"));
        stop_erasing(community, community.other);
        CHECK(member.get("/thanks").has("Olu"));

        begin_erasing(community, community.author);
        CHECK_FALSE(member.get("/thanks").has("A cup on the table"));
        CHECK_FALSE(community.stranger().get(link).has("A cup on the table"));
    }
}

TEST_CASE("the letters of someone being erased are empty for the other") {
    for (auto const& fresh : databases_for_tests()) {
        CAPTURE(fresh.engine);
        Community community(fresh.url);
        auto const path = community.publish();
        auto member = community.as(community.member);
        auto const sent = member.post(path + "/reach-out", {{"body", "May I ask?"}});
        auto const url = sent.header("location").substr(0, sent.header("location").find('?'));
        auto author = community.as(community.author);
        CHECK(author.post(url + "/read").status == 303);
        CHECK(author.post(url + "/answer", {{"body", "You may."}}).status == 303);
        begin_erasing(community, community.member);
        CHECK_FALSE(author.get(url).has("May I ask?"));
        CHECK(author.get(url).has("You may."));
        CHECK(member.get(url).has("May I ask?"));
        stop_erasing(community, community.member);
        CHECK(author.get(url).has("May I ask?"));
    }
}
