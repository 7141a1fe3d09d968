#pragma once
// The whole community, every room of it, with one member of each role and something of everything
// that a page can show: for tests over all routes.

#include <doctest/doctest.h>

#include <map>

#include "app/slices.hpp"
#include "bonds/ladder_store.hpp"
#include "bonds/wishes_store.hpp"
#include "circles/circles_demo.hpp"
#include "essays/essays_demo.hpp"
#include "letters/letters_store.hpp"
#include "members/community.hpp"
#include "members/join_requests.hpp"
#include "members/members.hpp"
#include "members/members_slice.hpp"
#include "members/sessions.hpp"
#include "notify/notify_slice.hpp"
#include "pictures.hpp"
#include "test_site.hpp"
#include "welcome/welcome_demo.hpp"

namespace kith::app::testing {

inline constexpr Role roles[] = {Role::stranger, Role::member, Role::guide, Role::steward,
                                 Role::host};

inline std::string name_of(Role role) {
    constexpr std::string_view names[] = {"Stranger", "Mo Member", "Gil Guide", "Sia Steward",
                                          "Hal Host"};
    return std::string(names[static_cast<std::size_t>(role)]);
}

/// What tells two answers apart, but for the second in which they were sent.
inline auto observed(tests::Reply reply) {
    reply.headers.erase("date");
    return std::tuple(reply.status, reply.headers, reply.cookies, reply.body);
}

inline web::SiteHooks all_hooks() {
    auto hooks = members_hooks();
    notify::add_notify_hooks(hooks);
    return hooks;
}

class FullSite {
public:
    explicit FullSite(std::vector<web::Slice> slices = all_slices(),
                      std::vector<std::string> trusted_proxies = {})
        : site(std::move(slices), all_hooks(), {}, std::move(trusted_proxies)) {
        write([this](database::Write& write) {
            auto house = members::community(write);
            house.join_policy = members::JoinPolicy::request;
            house.guests_may_comment = true;
            members::change_community(write, house);
            for (auto const role : roles)
                if (role != Role::stranger) add(write, role);
        });
    }

    template <class Work>
    void write(Work work) {
        site.database().write_now([&](database::Write& write) { work(write); });
    }

    /// A browser in which the member of this role has just signed in; a stranger's is empty.
    tests::Browser as(Role role) {
        auto browser = site.browser();
        if (role == Role::stranger) return browser;
        members::NewSession session;
        session.member = ids.at(role);
        write([&](database::Write& write) {
            browser.cookies[std::string(members::session_cookie)] =
                members::start_session(site.site(), write, session);
        });
        return browser;
    }

    /// Essays with comments, circles with conversations and a question, pictures, a portrait, a
    /// letter, thanks, bonds with letters, and someone who asks in.
    void fill() {
        write([this](database::Write& write) {
            auto const paths = essays::essays_demo(
                site.site(), write,
                {ids.at(Role::guide), ids.at(Role::guide), {ids.at(Role::member)}});
            essay = paths.front();
            static_cast<void>(circles::circles_demo(site.site(), write,
                                                    {ids.at(Role::guide),
                                                     ids.at(Role::steward),
                                                     {ids.at(Role::member), ids.at(Role::host)}}));
            welcome::welcome_demo(site.site(), write,
                                  {.greeter = ids.at(Role::guide), .newcomer = ids.at(Role::host)});
            members::Joining asking;
            asking.name = "Ada";
            asking.words = "Hello.";
            asking.agreement_version = members::community(write).agreement_version;
            asked = members::ask_to_join(site.site(), write, asking);
            write_letters(write);
        });
        tests::use_ready_worker(site);
        auto guide = as(Role::guide);
        auto member = as(Role::member);
        auto const bytes = tests::one_pixel();
        REQUIRE(tests::upload(guide, essay + "/picture", {{"alt", "A cup"}, {"above", "1"}}, bytes)
                    .status == 303);
        REQUIRE(tests::upload(guide, "/settings/profile/picture", {}, bytes).status == 303);
        REQUIRE(member.post(essay + "/reach-out", {{"body", "May I ask?"}}).status == 303);
        REQUIRE(member.post(essay + "/thanks", {{"to", name_of(Role::host)}, {"note", "Thanks."}})
                    .status == 303);
        REQUIRE(member.post(essay + "/comments", {{"body", "Held or shown."}}).status == 303);
        REQUIRE(tests::upload_files(member, essay + "/comments", {{"body", "With a picture."}},
                                    {{"picture_1", bytes}})
                    .status == 303);
    }

    tests::TestSite site;
    std::map<Role, Id<Member>> ids;
    std::string essay;  ///< the path of the guide's essay
    std::string asked;  ///< the token of the one who asks in

private:
    /// The member is near to the guide and to the steward, and has written to the guide.
    void write_letters(database::Write& write) {
        Viewer const member{ids.at(Role::member), Role::member};
        auto const now = site.clock.now();
        for (auto const role : {Role::guide, Role::steward}) {
            Viewer const other{ids.at(role), role};
            bonds::accept_offer(write, member, other.member, bonds::Step::near, "", now);
            bonds::accept_offer(write, other, member.member, bonds::Step::near, "", now);
            bonds::set_dial(write, other, bonds::Openness::open);
        }
        bonds::set_dial(write, member, bonds::Openness::open);
        letters::NewLetter letter;
        letter.receiver = ids.at(Role::guide);
        auto const conversation = PublicId::make(site.random);
        letters::begin_conversation(write, member, letter.receiver, conversation, now);
        letter.conversation = letters::find_conversation(write, member, conversation).value().id;
        letter.public_id = PublicId::make(site.random);
        letter.sequence = 1;
        letter.sealed = "sealed";
        letter.picture = "c2VhbGVk";
        letter.written_at = letter.deliver_at = now;
        letters::add_letter(write, member, letter);
    }

    void add(database::Write& write, Role role) {
        members::NewMember member{.public_id = PublicId::make(site.random), .name = name_of(role)};
        member.role = role;
        member.language = "en";
        member.joined_at = site.clock.now();
        member.agreement_version = members::community(write).agreement_version;
        member.writes_essays = role >= Role::guide;
        ids[role] = members::add_member(write, member);
    }
};

}  // namespace kith::app::testing
