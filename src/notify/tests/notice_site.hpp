#pragma once
// A site with members, notices, and a room that tells of two things, on either database.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "members/members.hpp"
#include "members/sessions.hpp"
#include "notify/mail_store.hpp"
#include "notify/notify_slice.hpp"
#include "notify/telling.hpp"
#include "postgres.hpp"
#include "resources/members.hpp"
#include "test_site.hpp"
#include "web/respond.hpp"

namespace kith::notify::testing {

inline constexpr database::Sql keep_apart =
    "insert into separations (viewer, other) values (:viewer, :other)";
inline constexpr database::Sql mute_one =
    "insert into mutes (member, other, name, since) values (:member, :other, '', 0)";
inline constexpr database::Sql come_together = "delete from separations";
inline constexpr database::Sql set_zone = "update members set zone = :zone where id = :member";
inline constexpr database::Sql set_discreet = "update members set discreet = 1 where id = :member";
inline constexpr database::Sql set_state = "update members set state = :state where id = :member";
inline constexpr database::Sql confirm_again =
    "update members set email_confirmed_at = :now where id = :member";

/// Told with the mail of the day where nothing is chosen.
inline constexpr std::string_view greeted = "test.greeted";
/// Told at once.
inline constexpr std::string_view called = "test.called";
/// Never told to a mere member.
inline constexpr std::string_view for_stewards = "test.for_stewards";

/// The members' tables without their pages.
inline web::Slice members_tables() {
    static std::vector<Resource> const migrations = [] {
        std::vector<Resource> found;
        for (auto const& resource : members_resources())
            if (resource.path.starts_with("migrations/")) found.push_back(resource);
        return found;
    }();
    return {
        .name = "members",
        .resources = migrations,
        .routes = {},
        .pages = {},
        .export_for = web::ExportFor([](web::Site&, database::Read&, Id<Member>, web::Archive&) {}),
        .erase_for = web::EraseFor([](database::Write&, Id<Member>) {}),
        .probes = std::vector<web::Probe>{}};
}

inline web::Slice telling_slice() {
    static constexpr Resource resources[] = {
        {"words/en.json",
         R"({"test.greeted": "{name} greeted you", "test.greeted_plain": "Someone greeted you",
             "test.called": "{name} called you", "test.called_plain": "Someone called you",
             "test.for_stewards": "{name} waits", "test.for_stewards_plain": "Someone waits"})"}};
    return {
        .name = "test",
        .resources = resources,
        .routes = {},
        .pages = {},
        .notices = {{greeted},
                    {called, web::NoticeDefault::at_once},
                    {for_stewards, web::NoticeDefault::digest, Role::steward}},
        .export_for = web::ExportFor([](web::Site&, database::Read&, Id<Member>, web::Archive&) {}),
        .erase_for = web::EraseFor([](database::Write&, Id<Member>) {}),
        .probes = std::vector<web::Probe>{}};
}

struct Person {
    Id<Member> id;
    PublicId public_id;
};

inline web::Visitor recognise_by_cookie(web::Site& site, database::Read& read,
                                        web::HttpRequest const& request, Time now) {
    // Sessions matter where devices do.
    if (auto const token = web::cookie(site, request, "token"); !token.empty())
        return members::visitor_of(site, read, token, now);
    web::Visitor visitor;
    auto const id = PublicId::parse(web::cookie(site, request, "member"));
    auto const member = id ? members::find_member(read, Viewer::server(), *id) : std::nullopt;
    if (!member) return visitor;
    visitor.viewer = {member->id, member->role};
    visitor.member_id = member->public_id;
    visitor.name = member->name;
    visitor.zone = member->zone;
    visitor.discreet = member->discreet;
    visitor.authenticated_at = now;
    return visitor;
}

class NoticeSite {
public:
    explicit NoticeSite(std::string url = {})
        : test({members_tables(), notify_slice(), telling_slice()}, hooks(), std::move(url)) {
        maya = person("Maya", "maya@example.org");
        joel = person("Joel", "joel@example.org");
        kofi = person("Kofi", "");
    }

    template <class Work>
    auto write(Work work) {
        return test.database().write_now(work);
    }

    Person person(std::string const& name, std::string const& email) {
        members::NewMember member{.public_id = PublicId::make(test.random), .name = name};
        member.joined_at = test.clock.now();
        member.language = "en";
        if (!email.empty()) {
            member.email = email;
            member.email_confirmed_at = test.clock.now();
        }
        auto const id = write([&](database::Write& deed) { return add_member(deed, member); });
        return {id, member.public_id};
    }

    void execute(database::Sql const& sql, Person const& person) {
        write([&](database::Write& deed) {
            database::execute(deed, sql, database::bind("member", person.id));
        });
    }

    void tell(web::Notice notice) {
        write([&](database::Write& deed) { web::tell(deed, test.site(), notice); });
    }
    /// `from` does `kind` to `to`.
    void tell(std::string_view kind, Person const& from, Person const& to,
              std::string const& about = "a") {
        web::Notice notice;
        notice.to = to.id;
        notice.kind = kind;
        notice.url = "/somewhere/" + about;
        notice.about = about;
        notice.from = from.id;
        tell(std::move(notice));
    }
    void mute(Person const& one, Person const& other) {
        write([&](database::Write& deed) {
            database::execute(deed, mute_one, database::bind("member", one.id),
                              database::bind("other", other.id));
        });
    }
    void separate(Person const& one, Person const& other) {
        write([&](database::Write& deed) {
            for (auto const& [a, b] : {std::pair(one.id, other.id), std::pair(other.id, one.id)})
                database::execute(deed, keep_apart, database::bind("viewer", a),
                                  database::bind("other", b));
        });
    }

    [[nodiscard]] tests::Browser as(Person const& person) const {
        auto browser = test.browser();
        browser.cookies["member"] = person.public_id.text();
        return browser;
    }
    /// The notices of the person's page, newest first.
    [[nodiscard]] boost::json::array items(Person const& person) const {
        boost::json::array items;
        auto const page = as(person).get_json("/notices").json();
        for (auto const& day : page.at("days").as_array())
            for (auto const& item : day.at("items").as_array()) items.push_back(item);
        return items;
    }
    [[nodiscard]] std::vector<std::string> sentences(Person const& person) const {
        std::vector<std::string> sentences;
        for (auto const& item : items(person))
            sentences.emplace_back(item.at("sentence").as_string());
        return sentences;
    }
    /// What waits in the mail queue, oldest first.
    [[nodiscard]] std::vector<MailRow> mails() {
        return test.database().read(
            [](database::Read& read) { return unsent_mail(read, Viewer::server()); });
    }
    [[nodiscard]] web::Site& site() { return test.site(); }

    Person maya, joel, kofi;
    tests::TestSite test;

private:
    static web::SiteHooks hooks() {
        web::SiteHooks hooks;
        hooks.recognise = recognise_by_cookie;
        hooks.seen = [](web::Site&, web::Visitor const&, Time) {};
        hooks.furnish = [](web::Call&, web::Shell& shell) { shell.community_name = "Test"; };
        add_notify_hooks(hooks);
        return hooks;
    }
};

}  // namespace kith::notify::testing
