#include "welcome_site.hpp"

#include "resources/members.hpp"
#include "resources/notify.hpp"
#include "talk/greeters.hpp"
#include "talk/talk_slice.hpp"
#include "web/respond.hpp"
#include "welcome/travelled_store.hpp"
#include "welcome/welcome_handlers.hpp"
#include "welcome/welcome_slice.hpp"

namespace kith::tests {
namespace {

constexpr database::Sql apart = "insert into separations (viewer, other) values (:a, :b), (:b, :a)";

web::Slice slice_of(std::string_view name, std::span<Resource const> resources) {
    return {
        .name = name,
        .resources = resources,
        .routes = {},
        .pages = {},
        .export_for = web::ExportFor([](web::Site&, database::Read&, Id<Member>, web::Archive&) {}),
        .erase_for = web::EraseFor([](database::Write&, Id<Member>) {}),
        .probes = std::vector<web::Probe>{},
    };
}

web::Visitor recognise_by_cookie(web::Site& site, database::Read& read,
                                 web::HttpRequest const& request, Time now) {
    web::Visitor visitor;
    auto const id = PublicId::parse(web::cookie(site, request, "test_member"));
    if (!id) return visitor;
    auto const member = members::find_member(read, Viewer::server(), *id);
    if (!member) return visitor;
    visitor.viewer = {member->id, member->role};
    visitor.member_id = member->public_id;
    visitor.name = member->name;
    visitor.authenticated_at = now;
    return visitor;
}

}  // namespace

WelcomeSite::WelcomeSite(std::string url)
    : site({slice_of("members", members_resources()), slice_of("notify", notify_resources()),
            talk_slice(), welcome_slice(), group_slice()},
           hooks(), std::move(url)) {
    ada = person("Ada");
    ben = person("Ben");
    greta = person("Greta");
    gil = person("Gil", Role::guide);
    sam = person("Sam", Role::steward);
}

web::SiteHooks WelcomeSite::hooks() {
    web::SiteHooks hooks;
    hooks.recognise = recognise_by_cookie;
    hooks.seen = [](web::Site&, web::Visitor const&, Time) {};
    hooks.furnish = [](web::Call&, web::Shell&) {};
    hooks.queue_mail = [](database::Write&, web::Site&, web::OutgoingMail const&) {};
    hooks.tell = [this](database::Write&, web::Site&, web::Notice notice) {
        notices_.push_back(std::move(notice));
    };
    hooks.untell = [this](database::Write&, web::Site&, std::string_view kind,
                          std::string_view about) {
        std::erase_if(notices_, [&](web::Notice const& notice) {
            return notice.kind == kind && notice.about == about;
        });
    };
    return hooks;
}

web::Slice WelcomeSite::group_slice() {
    auto slice = slice_of("group", {});
    slice.unanswered = {
        {"group words", [](web::Call&) { return std::vector<web::WaitingWords>{}; },
         [this](database::Read&, PublicId const&) -> std::optional<web::FirstWords> {
             if (!words_stand) return std::nullopt;
             return web::FirstWords{"A small thing", "a funeral", "<p>I stood outside.</p>",
                                    "/group"};
         }}};
    return slice;
}

Person WelcomeSite::person(std::string const& name, Role role) {
    members::NewMember member{.public_id = PublicId::make(site.random), .name = name};
    member.role = role;
    member.language = "en";
    member.joined_at = site.clock.now();
    Person made{{}, member.public_id, name, role};
    made.id = write([&](database::Write& write) { return members::add_member(write, member); });
    people_.push_back(made);
    return made;
}

void WelcomeSite::keep_apart(Person const& one, Person const& other) {
    write([&](database::Write& write) {
        database::execute(write, apart, database::bind("a", one.id), database::bind("b", other.id));
    });
}

void WelcomeSite::make_greeter(Person const& person) {
    write([&](database::Write& write) {
        static_cast<void>(talk::name_greeter(write, person.id, site.clock.now()));
    });
}

Browser WelcomeSite::as(Person const& person) const {
    auto browser = site.browser();
    browser.cookies["test_member"] = person.public_id.text();
    return browser;
}

std::string WelcomeSite::hello(Person const& person, FormFields const& fields) const {
    FormFields form{{"body", "I like being asked about *bread*."}};
    form.insert(form.end(), fields.begin(), fields.end());
    auto const reply = as(person).post("/welcome/introduction", form);
    REQUIRE(reply.status == 303);
    return path_of(reply);
}

Id<talk::Discussion> WelcomeSite::begin(Person const& person, talk::Patience patience) {
    return write([&](database::Write& write) {
        talk::DiscussionOpening opening{PublicId::make(site.random), "/group",
                                        talk::Audience::group, person.id};
        opening.group = talk::make_group(write, talk::GroupSize::small);
        opening.begun_at = site.clock.now();
        talk::admit(write, opening.group, person.id, Time{});
        auto const discussion = talk::open_discussion(write, opening);
        talk::begin_waiting(write, discussion, "group words", patience, site.clock.now());
        return discussion;
    });
}

void WelcomeSite::travel() {
    write([&](database::Write& write) { welcome::travel(site.site(), write); });
}

std::string WelcomeSite::place() {
    auto const ids = site.database().read(welcome::all_answers_ids);
    return ids.empty() ? std::string() : "/unanswered/" + ids.back();
}

std::vector<std::string> WelcomeSite::told(std::string_view kind) const {
    std::vector<std::string> names;
    for (auto const& notice : notices_)
        for (auto const& person : people_)
            if (notice.kind == kind && notice.to == person.id) names.push_back(person.name);
    return names;
}

std::vector<std::string> WelcomeSite::waits_for(Person const& person) const {
    std::vector<std::string> urls;
    auto const page = as(person).get_json("/unanswered");
    REQUIRE(page.status == 200);
    auto const seen = page.json();
    for (auto const& item : seen.at("items").as_array())
        urls.emplace_back(item.at("url").as_string());
    return urls;
}

std::string WelcomeSite::missing(Person const& person) const {
    auto const reply = as(person).get("/unanswered/" + std::string(22, 'A'));
    CHECK(reply.status == 404);
    return reply.body;
}

std::string WelcomeSite::path_of(Reply const& reply) {
    auto const location = reply.header("location");
    return location.substr(0, location.find('?'));
}

}  // namespace kith::tests
