#include <sstream>

#include "community.hpp"
#include "database/connection.hpp"
#include "essays/essay_handlers.hpp"

using namespace kith;
using namespace kith::tests;

namespace {

/// The statements that showing the essay takes, on a session that has prepared none yet.
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
    std::ostringstream log;
    connection.session().set_log_stream(&log);
    database::Read read(connection);
    call.lend(&read);
    CHECK(essays::show_essay(call).status == 200);
    // A statement's first word begins a line; a query inside another stands in brackets.
    std::size_t count = 0;
    std::istringstream lines(log.str());
    for (std::string line; std::getline(lines, line);)
        if (web::trimmed(line).starts_with("select ")) ++count;
    CHECK(count > 0);
    return count;
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
    // The session and the frame's two are asked before and after: six in all.
    CHECK(before <= 3);
    CHECK(statements_to_show(community, path, {}) <= 3);
    community.keep_distance(community.member, community.other);
    CHECK(statements_to_show(community, path, member) == before);
}
