#pragma once
// A site with the members' room alone, and people in it.

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <list>
#include <mutex>

#include "members/community.hpp"
#include "members/members.hpp"
#include "members/members_slice.hpp"
#include "members/password.hpp"
#include "postgres.hpp"
#include "test_site.hpp"
#include "web/respond.hpp"

namespace kith::tests {

inline constexpr char const* good_password = "river coat seven lantern";

/// A room of the test's own: what another capability's posts look like from here.
struct ToyForm {
    std::string words;
};
BOOST_DESCRIBE_STRUCT(ToyForm, (), (words))

inline web::Slice toy_slice() {
    auto const act = [](web::Call& call) -> web::Outcome { return web::done(call, "/leave"); };
    return {
        .name = "toy",
        .resources = {},
        .routes = {web::by_itself(
                       web::get_raw("/toy/by-itself", web::Access::member,
                                    [](web::Call& call) { return web::done(call, "/leave"); })),
                   web::post<ToyForm>("/toy", web::Access::member, act),
                   freshly_signed_in(web::post<ToyForm>("/toy/fresh", web::Access::member, act)),
                   web::post<ToyForm>("/toy/steward", web::Access::steward, act)},
        .pages = {},
        .export_for = web::ExportFor([](auto&&...) {}),
        .erase_for = web::EraseFor([](auto&&...) {}),
        .probes = std::vector<web::Probe>{},
    };
}

/// What tells two answers apart, but for the second in which they were sent.
inline auto observed(Reply reply) {
    reply.headers.erase("date");
    return std::tuple(reply.status, reply.headers, reply.cookies, reply.body);
}

class MembersSite {
public:
    explicit MembersSite(std::string database_url = {})
        : test_({members_slice(), toy_slice()}, hooks(), std::move(database_url)) {}

    [[nodiscard]] Browser stranger() const { return test_.browser(); }
    [[nodiscard]] web::Site& site() { return test_.site(); }
    TestClock& clock() { return test_.clock; }
    [[nodiscard]] TestSite& test() { return test_; }

    template <class Work>
    auto write(Work work) {
        return site().database.write_now(work);
    }

    Id<Member> add(std::string const& name, Role role = Role::member,
                   std::optional<std::string> const& email = {}, bool with_password = true) {
        static std::string const hash = hash_of(good_password);
        return write([&](database::Write& write) {
            members::NewMember member{.public_id = PublicId::make(site().random), .name = name};
            member.role = role;
            member.email = email;
            if (email) member.email_confirmed_at = site().now();
            if (with_password) member.password_hash = hash;
            member.joined_at = site().now();
            member.agreement_version = 1;
            return members::add_member(write, member);
        });
    }

    /// A browser in which `name` has signed in by password.
    Browser sign_in(std::string const& name, bool own_device = false) {
        auto browser = stranger();
        FormFields fields{{"name", name}, {"password", good_password}};
        if (own_device) fields.emplace_back("own_device", "1");
        auto const reply = browser.post("/sign-in", fields);
        REQUIRE(reply.status == 303);
        return browser;
    }

    void set(std::function<void(members::Community&)> const& change) {
        write([&](database::Write& write) {
            auto house = members::community(write);
            change(house);
            members::change_community(write, house);
        });
    }

    [[nodiscard]] std::vector<web::OutgoingMail> mails() {
        std::lock_guard const lock(mutex_);
        return mails_;
    }
    /// How many mails were queued to nobody.
    [[nodiscard]] std::size_t mails_to_nobody() {
        std::lock_guard const lock(mutex_);
        return mails_to_nobody_;
    }
    /// The path of the link in the last mail.
    [[nodiscard]] std::string last_link() {
        auto const all = mails();
        REQUIRE(!all.empty());
        auto const& text = all.back().text;
        auto const url = site().settings.public_url;
        auto const begin = text.find(url) + url.size();
        return text.substr(begin, text.find('\n', begin) - begin);
    }

    /// True when `words` stand somewhere in the files of the database.
    [[nodiscard]] bool database_holds(std::string const& words) {
        for (auto const& entry :
             std::filesystem::recursive_directory_iterator(test_.directory.path)) {
            if (!entry.is_regular_file()) continue;
            std::ifstream file(entry.path(), std::ios::binary);
            std::string const bytes(std::istreambuf_iterator<char>(file), {});
            if (bytes.find(words) != std::string::npos) return true;
        }
        return false;
    }

private:
    static std::string hash_of(std::string_view password) {
        return members::hash_password(password);
    }
    web::SiteHooks hooks() {
        auto hooks = members_hooks();
        hooks.queue_mail = [this](database::Write&, web::Site&, web::OutgoingMail mail) {
            std::lock_guard const lock(mutex_);
            if (mail.to.empty()) {
                ++mails_to_nobody_;
            } else {
                mails_.push_back(std::move(mail));
            }
        };
        return hooks;
    }

    std::mutex mutex_;
    std::vector<web::OutgoingMail> mails_;
    std::size_t mails_to_nobody_ = 0;
    TestSite test_;
};

}  // namespace kith::tests
