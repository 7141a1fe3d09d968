// What was typed is there again, whatever became of the session, the network or the browser.
#include "community.hpp"

using namespace kith;
using namespace kith::tests;

TEST_CASE("a session that ended on an essay for members loses no words") {
    Community community;
    community.write([](database::Write& write) { database::execute(write, let_guests_comment); });
    auto const open = community.publish();
    auto const closed = community.publish({{"audience", "members"}});
    auto stranger = community.stranger();
    for (auto const* form : {"/comments", "/reach-out"}) {
        for (auto const& path : {closed, open, std::string("/essays/was-never-there")}) {
            CAPTURE(path);
            auto const reply = stranger.post(path + form, {{"body", "Words of an hour"}});
            CHECK(reply.status == 401);
            CHECK(reply.has("Words of an hour"));
            CHECK(reply.has("name=\"resume_action\" value=\"" + path + form + "\""));
            CHECK(stranger.post_json(path + form, {{"body", "Words"}}).status == 401);
        }
    }
}
