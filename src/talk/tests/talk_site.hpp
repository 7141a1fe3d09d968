#pragma once
// A site with a page that has a discussion, and people who are recognised by a plain cookie: what
// talk is tested with, without the rooms above it.

#include <algorithm>
#include <mutex>
#include <set>
#include <vector>

#include "members/community.hpp"
#include "members/members.hpp"
#include "members/sessions.hpp"
#include "resources/members.hpp"
#include "talk/discussion_store.hpp"
#include "talk/talk.hpp"
#include "talk/talk_slice.hpp"
#include "test_site.hpp"
#include "web/respond.hpp"

namespace kith::talk::testing {

struct TestPage {
    static constexpr std::string_view page = "test/page";
    std::string title;
    CommentsView comments;
};
BOOST_DESCRIBE_STRUCT(TestPage, (), (title, comments))

inline constexpr std::string_view comments_pattern = "/test/{id}/comments";

inline DiscussionRow discussion_of(web::Call& call) {
    auto row = find_discussion(call.read(), call.viewer(), call.id());
    if (!row) throw Refusal::not_found();
    return *std::move(row);
}

inline web::Answer show_test_page(web::Call& call) {
    auto const discussion = discussion_of(call);
    TestPage view{"A page", comments_view(call, discussion.id, comments_pattern)};
    web::Head head{.title = view.title};
    head.live_url = view.comments.live_url;
    return web::respond(call, view, std::move(head));
}

inline web::Outcome act_test_comment(web::Call& call) {
    auto const discussion = discussion_of(call);
    return post_comment(call, discussion.id);
}

inline web::Slice test_slice() {
    static constexpr Resource resources[] = {
        {"templates/page.mustache",
         "<h1>{{title}}</h1>{{#comments}}{{> talk/comments}}{{/comments}}"}};
    return {
        .name = "test",
        .resources = resources,
        .routes = {web::get<TestPage>("/test/{id}", web::Access::anyone, show_test_page),
                   with_comment_pictures(web::post<CommentForm>(
                       comments_pattern, web::Access::anyone, act_test_comment, show_test_page))},
        .pages = {web::page<TestPage>()},
        .export_for = web::ExportFor([](web::Site&, database::Read&, Id<Member>, web::Archive&) {}),
        .erase_for = web::EraseFor([](database::Write&, Id<Member>) {}),
        .probes = std::vector<web::Probe>{},
    };
}

/// The members' tables without their pages.
inline web::Slice members_tables() {
    return {
        .name = "members",
        .resources = members_resources(),
        .routes = {},
        .pages = {},
        .export_for = web::ExportFor([](web::Site&, database::Read&, Id<Member>, web::Archive&) {}),
        .erase_for = web::EraseFor([](database::Write&, Id<Member>) {}),
        .probes = std::vector<web::Probe>{},
    };
}

struct Person {
    Id<Member> id;
    PublicId public_id;
};

constexpr database::Sql separate_sql =
    "insert into separations (viewer, other) values (:a, :b), (:b, :a)";

constexpr database::Sql list_sql = "update members set listed = 1 where id = :member";

/// Keeps two people apart from each other.
inline void separate(database::Write& write, Id<Member> a, Id<Member> b) {
    database::execute(write, separate_sql, database::bind("a", a), database::bind("b", b));
}

inline web::Visitor recognise_by_cookie(web::Site& site, database::Read& read,
                                        web::HttpRequest const& request, Time now) {
    web::Visitor visitor;
    visitor.session_ended = !web::cookie(site, request, members::session_cookie).empty();
    auto const id = PublicId::parse(web::cookie(site, request, "member"));
    if (!id) return visitor;
    auto const member = members::find_member(read, Viewer::server(), *id);
    if (!member) return visitor;
    visitor.viewer = {member->id, member->role};
    visitor.member_id = member->public_id;
    visitor.name = member->name;
    visitor.authenticated_at = now;
    return visitor;
}

class TalkSite {
public:
    explicit TalkSite(std::string database_url = {})
        : site({members_tables(), talk_slice(), test_slice()}, hooks(), std::move(database_url)) {
        change_community([](members::Community& community) {
            community.hold_first_comments = false;
            community.hold_links = false;
            community.guests_may_comment = false;
        });
    }

    Person person(std::string const& name, Role role = Role::member) {
        members::NewMember member{.public_id = PublicId::make(site.random), .name = name};
        member.role = role;
        member.joined_at = site.clock.now();
        auto const id = site.database().write_now(
            [&](database::Write& write) { return members::add_member(write, member); });
        return {id, member.public_id};
    }

    /// Lets members find the person, who by themselves are seen by nobody.
    void list(Person const& person) {
        site.database().write_now([&](database::Write& write) {
            database::execute(write, list_sql, database::bind("member", person.id));
        });
    }

    [[nodiscard]] tests::Browser browser_of(Person const& person) const {
        auto browser = site.browser();
        browser.cookies["member"] = person.public_id.text();
        return browser;
    }

    PublicId discussion(Person const& author, Audience audience = Audience::anyone) {
        auto const id = PublicId::make(site.random);
        site.database().write_now([&](database::Write& write) {
            static_cast<void>(
                open_discussion(write, {id, "/test/" + id.text(), audience, author.id}));
        });
        return id;
    }

    void change_community(std::function<void(members::Community&)> const& change) {
        site.database().write_now([&](database::Write& write) {
            auto community = members::community(write);
            change(community);
            members::change_community(write, community);
        });
    }

    void keep_apart(Person const& a, Person const& b) {
        site.database().write_now([&](database::Write& write) { separate(write, a.id, b.id); });
    }

    /// Posts as a program does; gives the new comment's id.
    std::string post(Person const& author, PublicId const& discussion, std::string const& body,
                     std::string const& parent = {}) {
        auto browser = browser_of(author);
        boost::json::object form{{"body", body}};
        if (!parent.empty()) form["parent"] = parent;
        auto const reply = browser.post_json("/test/" + discussion.text() + "/comments", form);
        if (reply.status != 201) throw std::runtime_error("not posted: " + reply.body);
        return std::string(reply.json().at("id").as_string());
    }

    std::vector<web::OutgoingMail> mails() {
        std::scoped_lock const lock(mutex_);
        return mails_;
    }

private:
    web::SiteHooks hooks() {
        web::SiteHooks hooks;
        hooks.recognise = recognise_by_cookie;
        hooks.seen = [](web::Site&, web::Visitor const&, Time) {};
        hooks.furnish = [](web::Call&, web::Shell&) {};
        hooks.queue_mail = [this](database::Write&, web::Site&, web::OutgoingMail mail) {
            std::scoped_lock const lock(mutex_);
            mails_.push_back(std::move(mail));
        };
        return hooks;
    }

    std::mutex mutex_;
    std::vector<web::OutgoingMail> mails_;

public:
    tests::TestSite site;
};

/// A discussion under what Ada wrote, and the browsers of those who read it.
struct Scene {
    explicit Scene(std::string const& url = {}) : site(url) {}

    TalkSite site;
    Person ada = site.person("Ada");
    Person ben = site.person("Ben");
    Person sam = site.person("Sam", Role::steward);
    PublicId discussion = site.discussion(ada);
    std::string path = "/test/" + discussion.text();
    std::string comments = path + "/comments";
    tests::Browser ada_browser = site.browser_of(ada);
    tests::Browser ben_browser = site.browser_of(ben);
    tests::Browser sam_browser = site.browser_of(sam);
    tests::Browser stranger = site.site.browser();
};

/// What members were told, as "kind to who", in order; what was taken back is gone.
class Told {
public:
    explicit Told(TalkSite& site) {
        site.site.site().hooks.tell = [this](database::Write&, web::Site&, web::Notice notice) {
            notices_.push_back(std::move(notice));
        };
        site.site.site().hooks.untell = [this](database::Write&, web::Site&, std::string_view kind,
                                               std::string_view about) {
            std::erase_if(notices_, [&](web::Notice const& notice) {
                return notice.kind == kind && notice.about == about;
            });
        };
    }

    [[nodiscard]] bool has(std::string_view kind, Person const& to) const {
        return std::ranges::count_if(notices_, [&](web::Notice const& notice) {
                   return notice.kind == kind && notice.to == to.id;
               }) == 1;
    }
    /// The things of this kind that a member was told of: "about" each.
    [[nodiscard]] std::vector<std::string> of(std::string_view kind, Person const& to) const {
        std::vector<std::string> about;
        for (auto const& notice : notices_)
            if (notice.kind == kind && notice.to == to.id) about.push_back(notice.about);
        return about;
    }
    [[nodiscard]] std::size_t count() const { return notices_.size(); }
    [[nodiscard]] web::Notice const& last() const { return notices_.back(); }
    void forget() { notices_.clear(); }

private:
    std::vector<web::Notice> notices_;
};

/// The ids of a page's comments, each with those of its replies, as a program sees them.
inline std::vector<std::string> ids_of(boost::json::value const& page) {
    std::vector<std::string> ids;
    for (auto const& item : page.at("comments").at("items").as_array()) {
        ids.emplace_back(item.at("id").as_string());
        for (auto const& reply : item.at("replies").as_array())
            ids.emplace_back(reply.at("id").as_string());
    }
    return ids;
}

}  // namespace kith::talk::testing
