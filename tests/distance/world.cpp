#include "world.hpp"

#include "circles/membership_store.hpp"
#include "essays/reach_out.hpp"
#include "members/community.hpp"
#include "members/members_slice.hpp"
#include "members/sessions.hpp"
#include "notify/notify_slice.hpp"
#include "pictures.hpp"

namespace kith::apart {
namespace {

using namespace std::chrono_literals;
using database::bind;

constexpr database::Sql list_member = "update members set listed = 1 where id = :member";

web::SiteHooks all_hooks() {
    auto hooks = members_hooks();
    notify::add_notify_hooks(hooks);
    hooks.reach_out_url = essays::reach_out_url;
    return hooks;
}

Role role_of(Who who, Role lea) {
    if (who == Who::lea) return lea;
    if (who == Who::gil) return Role::guide;
    return who == Who::sia ? Role::host : Role::member;
}

}  // namespace

std::string name_of(Who who) {
    constexpr std::string_view names[] = {"Lea Looks", "Hal Hidden", "Gil Guide",
                                          "Sia Hosts", "Mo Member",  "Nia Near"};
    return std::string(names[static_cast<std::size_t>(who)]);
}

struct World::Kept {
    tests::TestDirectory directory;
    tests::TestDatabase database;
    Time now;
    Things open;
    Things hidden;
    Things small;
    std::string wide;
    std::string own;
    std::string near;
    std::set<std::string> crowd;
    std::map<Who, Id<Member>> members;
    std::map<Who, PublicId> ids;
    std::map<Who, std::map<std::string, std::string>> cookies;
};

/// Made once for each engine and each way to look.
World::Kept const& World::furnished(Setting const& setting) {
    static std::map<std::pair<std::string, Role>, std::unique_ptr<Kept>> all;
    auto& kept = all[{setting.engine, setting.lea}];
    if (kept) return *kept;
    World world(setting, Fresh{});
    kept = std::make_unique<Kept>();
    auto const& from = world.site->directory.path;
    auto const& to = kept->directory.path;
    std::filesystem::copy(from / "secret.key", to / "secret.key");
    std::filesystem::copy(from / "files", to / "files", std::filesystem::copy_options::recursive);
    if (setting.engine == "sqlite") world.site->database().backup_to(to / "kith.db");
    kept->database = world.database;
    kept->now = world.site->clock.now();
    kept->open = world.open;
    kept->hidden = world.hidden;
    kept->small = world.small;
    kept->wide = world.wide;
    kept->own = world.own;
    kept->near = world.near;
    kept->crowd = world.crowd;
    kept->members = world.members_;
    kept->ids = world.ids_;
    for (auto const& [who, browser] : world.browsers_) kept->cookies[who] = browser.cookies;
    return *kept;
}

void World::start(Setting const& setting, std::filesystem::path const& copy_of) {
    mailbox = std::make_unique<tests::SmtpSink>();
    push = std::make_unique<PushService>();
    site = std::make_unique<tests::TestSite>(setting.slices, all_hooks(), database.url,
                                             std::vector<std::string>{}, "world", copy_of);
    auto& settings = site->site().settings;
    settings.mail.url = mailbox->url();
    settings.push_to_loopback = true;
    tests::use_ready_worker(*site);
}

World::World(Setting const& setting, Fresh) : lea_role(setting.lea) {
    if (setting.engine != "sqlite") database = tests::new_postgres_database();
    start(setting, {});
    begin_event("people");
    add_people();
    add_crowd();
    furnish(*this);
}

World::World(Setting const& setting, Kept const& kept)
    : lea_role(setting.lea),
      open(kept.open),
      hidden(kept.hidden),
      small(kept.small),
      wide(kept.wide),
      own(kept.own),
      near(kept.near),
      crowd(kept.crowd),
      members_(kept.members),
      ids_(kept.ids) {
    if (setting.engine != "sqlite")
        database.url = tests::PostgresServer::of_this_program().copy_of(kept.database.url);
    start(setting, kept.directory.path);
    site->clock.move(kept.now - site->clock.now());
    for (auto const& [who, cookies] : kept.cookies) {
        auto browser = site->browser();
        browser.cookies = cookies;
        browsers_.emplace(who, browser);
    }
    // Not those again that the furnished one began.
    sessions_ = 1000;
    begin_event("device");
    post(Who::lea, "/settings/notices/device",
         {{"endpoint", push->origin() + "/lea"}, {"p256dh", device_key}, {"auth", device_secret}});
    lea_got.clear();
}

World::~World() = default;

void World::add_people() {
    write([this](database::Write& write) {
        auto community = members::community(write);
        community.join_policy = members::JoinPolicy::request;
        community.hold_first_comments = false;
        community.hold_links = false;
        community.circle_size_max = 500;
        members::change_community(write, community);
        for (auto const who : everyone) {
            members::NewMember member{.public_id = PublicId::make(site->random),
                                      .name = name_of(who)};
            member.role = role_of(who, lea_role);
            member.language = "en";
            member.joined_at = site->clock.now();
            member.agreement_version = members::community(write).agreement_version;
            member.writes_essays = who != Who::nia && who != Who::sia;
            if (who == Who::lea) {
                member.email = "lea@example.org";
                member.email_confirmed_at = site->clock.now();
            }
            ids_[who] = member.public_id;
            members_[who] = members::add_member(write, member);
            database::execute(write, list_member, bind("member", members_[who]));
        }
    });
    site->clock.move(1min);
    for (auto const who : everyone) browsers_.emplace(who, fresh_browser(who));
}

/// So many listed people that the list of them has a second page.
void World::add_crowd() {
    write([this](database::Write& write) {
        for (int i = 0; i < 52; ++i) {
            members::NewMember member{.public_id = PublicId::make(site->random),
                                      .name = "One of many " + std::to_string(i)};
            member.joined_at = site->clock.now();
            member.agreement_version = 1;
            crowd.insert(member.public_id.text());
            auto const id = members::add_member(write, member);
            database::execute(write, list_member, bind("member", id));
        }
    });
}

void World::begin_event(std::string const& name) {
    event_ = name;
    request_ = 0;
    site->random.repeat(name);
}

tests::Browser World::fresh_browser(Who who) {
    auto browser = site->browser();
    members::NewSession session;
    session.member = members_.at(who);
    session.device = members::Device::own;
    // Whoever asks sets chance anew after this.
    site->random.repeat("session " + std::to_string(++sessions_) + name_of(who));
    signed_in_at_[who] = site->clock.now();
    write([&](database::Write& write) {
        browser.cookies[std::string(members::session_cookie)] =
            members::start_session(site->site(), write, session);
    });
    return browser;
}

tests::Browser& World::browser(Who who) {
    auto& browser = browsers_.at(who);
    // Whoever has more power is signed in for half an hour.
    bool const stale = site->clock.now() - signed_in_at_[who] > 20min;
    if (role_of(who, lea_role) >= Role::guide && stale) browser = fresh_browser(who);
    return browser;
}

template <class Ask>
Reply World::send(Who who, Ask const& ask) {
    auto& sender = browser(who);
    site->random.repeat(event_ + " " + std::to_string(++request_));
    if (who == Who::lea) {
        // What a session was last used for is written once a minute: not beside what is counted.
        static_cast<void>(sender.head("/distance"));
        settle();
    }
    auto const before = database::statements_run();
    auto reply = ask(sender);
    if (who == Who::lea) {
        settle();
        auto const after = database::statements_run();
        std::string got = std::to_string(reply.status) + " cost " +
                          std::to_string(after.reading - before.reading);
        // On PostgreSQL several write side by side, and one that meets another is tried again.
        if (site->database().engine() == database::Engine::sqlite)
            got += " and " + std::to_string(after.writing - before.writing);
        got += "\n";
        for (auto const& [name, value] : reply.headers)
            if (name != "date") got.append(name).append(": ").append(value).append("\n");
        lea_got.push_back(got + reply.body);
    }
    if (reply.status < 400) ++posts_taken;
    return reply;
}

Reply World::post(Who who, std::string const& path, FormFields const& fields) {
    return send(who, [&](tests::Browser& sender) { return sender.post(path, fields); });
}

std::string World::say(Who who, std::string const& place, std::string const& body,
                       std::string const& parent) {
    boost::json::object form{{"body", body}};
    if (!parent.empty()) form["parent"] = parent;
    auto const reply = send(
        who, [&](tests::Browser& sender) { return sender.post_json(place + "/comments", form); });
    return reply.status == 201 ? std::string(reply.json().at("id").as_string()) : std::string();
}

Reply World::upload(Who who, std::string const& path, FormFields const& fields,
                    FormFields const& files) {
    return send(who, [&](tests::Browser& sender) {
        return tests::upload_files(sender, path, fields, files);
    });
}

std::vector<std::string> World::deliveries() {
    site->random.repeat(event_ + " deliveries");
    site->house().run_due_jobs();
    settle();
    std::vector<std::string> came;
    auto const mails = mailbox->mails();
    for (; mails_seen_ < mails.size(); ++mails_seen_)
        came.push_back("mail\n" + unfolded(mails[mails_seen_].source));
    auto const pushes = push->taken();
    for (; pushes_seen_ < pushes.size(); ++pushes_seen_)
        came.push_back("push\n" + pushes[pushes_seen_]);
    return came;
}

std::string led_to(Reply const& reply) {
    auto const path = reply.header("location");
    return path.substr(0, path.find_first_of("?#"));
}

std::string json_text(Reply const& reply, std::string const& key) {
    auto const mark = "\"" + key + "\":";
    auto const at = reply.body.find(mark);
    if (at == std::string::npos) return {};
    auto begin = at + mark.size();
    auto const quoted = begin < reply.body.size() && reply.body[begin] == '"';
    if (quoted) ++begin;
    auto const raw =
        reply.body.substr(begin, reply.body.find_first_of(quoted ? "\"" : ",}", begin) - begin);
    return quoted ? std::string(boost::json::parse('"' + raw + '"').as_string()) : raw;
}

}  // namespace kith::apart
