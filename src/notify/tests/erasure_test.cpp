#include <doctest/doctest.h>

#include "members/erasure.hpp"
#include "members/erasure_store.hpp"
#include "members/members_slice.hpp"
#include "notify/mail_store.hpp"
#include "notify/notify_slice.hpp"
#include "notify/outbox.hpp"
#include "test_site.hpp"

using namespace kith;
using namespace kith::tests;

TEST_CASE("an erased member's address leaves the queue of mails, another's stays") {
    auto hooks = members_hooks();
    notify::add_notify_hooks(hooks);
    TestSite test({members_slice(), notify::notify_slice()}, hooks);
    auto& site = test.site();
    auto const maya = site.database.write_now([&](database::Write& write) {
        members::NewMember member{.public_id = PublicId::make(site.random), .name = "Maya"};
        member.email = "Maya@example.org";
        auto const id = members::add_member(write, member);
        for (auto const* to : {"maya@example.org", "joel@example.org"})
            notify::queue_mail(write, site,
                               {.to = to, .subject = "s", .text = "t", .kind = "test"});
        members::begin_erasing(site, write, id, site.now());
        return id;
    });
    members::erase_member(site, maya);
    auto const left = site.database.read(
        [](database::Read& read) { return notify::unsent_mail(read, Viewer::server()); });
    REQUIRE(left.size() == 1);
    CHECK(left[0].recipient == "joel@example.org");
}
