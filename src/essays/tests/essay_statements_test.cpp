#include "community.hpp"
#include "database/connection.hpp"
#include "database/watch.hpp"
#include "essays/essay_handlers.hpp"

using namespace kith;
using namespace kith::tests;

namespace {

/// The statements that showing the essay takes.
std::size_t statements_to_show(Community& community, std::string const& path,
                               web::Visitor const& visitor) {
    web::HttpRequest request;
    request.target = path;
    web::Call call(community.site.site(), request);
    auto const match = community.site.house().router().find(web::Verb::get, path);
    call.path = path;
    call.route = match.route;
    call.parameters = match.parameters;
    call.visitor = visitor;
    auto const url = "sqlite://" + (community.site.directory.path / "kith.db").string();
    database::Connection connection(database::address_of(url), database::Purpose::reading);
    database::Read read(connection);
    call.lend(&read);
    auto const before = database::statements_run().reading;
    CHECK(essays::show_essay(call).status == 200);
    return database::statements_run().reading - before;
}

}  // namespace

TEST_CASE("an essay's page takes few statements, the same number for everybody") {
    Community community;
    auto const path = community.publish();
    for (auto const* words : {"One.", "Two.", "Three."})
        CHECK(community.as(community.other).post(path + "/comments", {{"body", words}}).status ==
              303);
    web::Visitor member;
    member.viewer = community.member.viewer();
    member.member_id = community.member.public_id;
    auto const before = statements_to_show(community, path, member);
    CHECK(before <= 3);
    CHECK(statements_to_show(community, path, {}) <= 3);
    community.keep_distance(community.member, community.other);
    CHECK(statements_to_show(community, path, member) == before);
}
