#pragma once
// A small community for the tests of this room: members, who is apart, and their browsers.

#include <doctest/doctest.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "essays/essays_slice.hpp"
#include "members/members.hpp"
#include "resources/essays.hpp"
#include "resources/members.hpp"
#include "resources/talk.hpp"
#include "talk/talk_slice.hpp"
#include "test_site.hpp"
#include "web/respond.hpp"

namespace kith::tests {

constexpr database::Sql keep_apart =
    "insert into separations (viewer, other) values (:viewer, :other)";
constexpr database::Sql list_member = "update members set listed = 1 where id = :member";
constexpr database::Sql unlist_member = "update members set listed = 0 where id = :member";
constexpr database::Sql revoke_author = "update members set writes_essays = 0 where id = :member";
constexpr database::Sql let_guests_comment = "update community set guests_may_comment = 1";

inline void separate(database::Write& write, Id<Member> one, Id<Member> other) {
    database::execute(write, keep_apart, database::bind("viewer", one),
                      database::bind("other", other));
    database::execute(write, keep_apart, database::bind("viewer", other),
                      database::bind("other", one));
}

/// A member of the test's own.
struct Person {
    Id<Member> id;
    PublicId public_id;
    std::string name;
    [[nodiscard]] Viewer viewer() const { return {id, Role::member}; }
};

inline Person add_person(database::Write& write, Random& random, std::string const& name,
                         Role role = Role::member, std::string const& email = {}) {
    members::NewMember member;
    member.public_id = PublicId::make(random);
    member.name = name;
    member.role = role;
    member.writes_essays = role >= Role::guide;
    member.language = "en";
    if (!email.empty()) {
        member.email = email;
        member.email_confirmed_at = Time{};
    }
    Person person{{}, member.public_id, name};
    person.id = members::add_member(write, member);
    database::execute(write, list_member, database::bind("member", person.id));
    return person;
}

/// The members' tables without their pages: sign-in is by a plain cookie here.
inline web::Slice members_for_tests() {
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

/// Mails that were queued, in order.
class Mailbox {
public:
    void keep(web::OutgoingMail mail) {
        std::lock_guard const lock(mutex_);
        mails_.push_back(std::move(mail));
    }
    [[nodiscard]] std::vector<web::OutgoingMail> mails() const {
        std::lock_guard const lock(mutex_);
        return mails_;
    }
    void keep(web::Notice notice) {
        std::lock_guard const lock(mutex_);
        notices_.push_back(std::move(notice));
    }
    /// What members were told, in order.
    [[nodiscard]] std::vector<web::Notice> notices() const {
        std::lock_guard const lock(mutex_);
        return notices_;
    }
    [[nodiscard]] web::OutgoingMail last() const {
        auto const all = mails();
        REQUIRE_FALSE(all.empty());
        return all.back();
    }
    /// The path of the last link that was mailed.
    [[nodiscard]] std::string last_path() const {
        auto const text = last().text;
        auto const begin = text.find("http://127.0.0.1/");
        REQUIRE(begin != std::string::npos);
        auto const path = begin + std::string_view("http://127.0.0.1").size();
        return text.substr(path, text.find('\n', path) - path);
    }

private:
    mutable std::mutex mutex_;
    std::vector<web::OutgoingMail> mails_;
    std::vector<web::Notice> notices_;
};

inline web::Visitor recognise_by_cookie(web::Site& site, database::Read& read,
                                        web::HttpRequest const& request, Time) {
    web::Visitor visitor;
    auto const id = PublicId::parse(web::cookie(site, request, "test_member"));
    if (!id) return visitor;
    auto const member = members::find_member(read, Viewer::server(), *id);
    if (!member) return visitor;
    visitor.viewer = {member->id, member->role};
    visitor.member_id = member->public_id;
    visitor.name = member->name;
    visitor.may_write_essays = member->writes_essays;
    return visitor;
}

/// A running site with an author, a guide, two members, a steward and a host.
class Community {
public:
    explicit Community(std::string url = {})
        : site({members_for_tests(), talk_slice(), essays_slice()}, hooks(), std::move(url)) {
        write([this](database::Write& write) {
            auto& random = site.random;
            author = add_person(write, random, "Ada Author", Role::guide, "ada@example.org");
            member = add_person(write, random, "Mo Member", Role::member, "mo@example.org");
            other = add_person(write, random, "Olu Other");
            steward = add_person(write, random, "Sia Steward", Role::steward);
            host = add_person(write, random, "Hal Host", Role::host);
        });
    }

    template <class Work>
    void write(Work work) {
        site.database().write_now([&](database::Write& write) { work(write); });
    }
    void keep_distance(Person const& one, Person const& another) {
        write([&](database::Write& write) { separate(write, one.id, another.id); });
    }

    [[nodiscard]] Browser stranger() const { return site.browser(); }
    [[nodiscard]] Browser as(Person const& person) const {
        auto browser = site.browser();
        browser.cookies["test_member"] = person.public_id.text();
        return browser;
    }
    /// Publishes an essay by the author over HTTP; gives its path.
    [[nodiscard]] std::string publish(FormFields fields = {}) const {
        FormFields form{{"title", "A cup on the table"},
                        {"body", "It was *there* at seven."},
                        {"publish", "1"}};
        form.insert(form.begin(), fields.begin(), fields.end());
        auto reply = as(author).post("/essays/new", form);
        REQUIRE(reply.status == 303);
        auto const location = reply.header("location");
        return location.substr(0, location.find('?'));
    }

    std::unique_ptr<Mailbox> mailbox = std::make_unique<Mailbox>();
    TestSite site;
    Person author, member, other, steward, host;

private:
    web::SiteHooks hooks() const {
        web::SiteHooks hooks;
        hooks.recognise = recognise_by_cookie;
        hooks.seen = [](web::Site&, web::Visitor const&, Time) {};
        hooks.furnish = [](web::Call&, web::Shell& shell) { shell.community_name = "Test"; };
        hooks.queue_mail = [box = mailbox.get()](database::Write& write, web::Site&,
                                                 web::OutgoingMail mail) {
            write.after_commit([box, mail] { box->keep(mail); });
        };
        hooks.tell = [box = mailbox.get()](database::Write& write, web::Site&, web::Notice notice) {
            write.after_commit([box, notice] { box->keep(notice); });
        };
        return hooks;
    }
};

}  // namespace kith::tests
