#include "bonds_site.hpp"

#include "bonds/bonds_slice.hpp"
#include "distance/distance_slice.hpp"
#include "distance/distance_store.hpp"
#include "members/members.hpp"
#include "members/members_slice.hpp"
#include "members/profiles_store.hpp"
#include "members/sessions.hpp"
#include "notify/notify_slice.hpp"

namespace kith::bonds::testing {
namespace {

using database::bind;
using database::Sql;

constexpr Sql give_step = R"(
    insert into bonds (member, other, step, since, name) values (:one, :other, :step, :now, '')
    on conflict (member, other) do update set step = excluded.step, since = excluded.since)";
constexpr Sql take_step = "delete from bonds where member = :one and other = :other";
constexpr Sql rest = R"(
    insert into rests (member, since, until) values (:one, :now, null)
    on conflict (member) do nothing)";
constexpr Sql end_rest = "delete from rests where member = :one";
constexpr Sql dial_at = R"(
    insert into openness (member, dial) values (:one, :dial)
    on conflict (member) do update set dial = excluded.dial)";
constexpr Sql ceiling_at = "update bond_ceiling set step = :step";
constexpr Sql make_circles =
    "create table if not exists test_circles (one bigint, other bigint, small bigint)";
constexpr Sql drop_view = "drop view circle_companions";
constexpr Sql make_view =
    "create view circle_companions as select one as viewer, other as other, small as small "
    "from test_circles";
constexpr Sql meet = R"(
    insert into test_circles (one, other, small)
    values (:one, :other, :small), (:other, :one, :small))";

web::SiteHooks hooks() {
    auto hooks = members_hooks();
    notify::add_notify_hooks(hooks);
    return hooks;
}

}  // namespace

std::string name_of(Step step) {
    constexpr std::string_view names[] = {"apart",   "same_circle", "hello",
                                          "letters", "near",        "kin"};
    return std::string(names[static_cast<std::size_t>(step)]);
}

House::House(std::string url)
    : site({members_slice(), distance::distance_slice(), notify::notify_slice(), bonds_slice()},
           hooks(), std::move(url)) {
    write([](database::Write& write) {
        for (auto const& sql : {make_circles, drop_view, make_view}) database::execute(write, sql);
    });
}

Person House::person(std::string const& name, Role role, bool listed) {
    members::NewMember member{.public_id = PublicId::make(site.random), .name = name};
    member.role = role;
    member.language = "en";
    member.joined_at = site.clock.now();
    member.agreement_version = 1;
    auto const path = "/members/" + member.public_id.text();
    auto const id = write([&](database::Write& write) {
        auto const made = members::add_member(write, member);
        members::set_own_words(write, made, {name, "", "", listed});
        return made;
    });
    return {id, member.public_id, path, path + "/bond"};
}

tests::Browser House::as(Person const& person) {
    auto browser = site.browser();
    members::NewSession session;
    session.member = person.id;
    write([&](database::Write& write) {
        browser.cookies[std::string(members::session_cookie)] =
            members::start_session(site.site(), write, session);
    });
    return browser;
}

Step House::step(Person const& one, Person const& other) {
    return read([&](database::Read& read) { return effective_step(read, one.viewer(), other.id); });
}

void House::give(Person const& one, Person const& other, Step step) {
    write([&](database::Write& write) {
        if (step < Step::hello) {
            database::execute(write, take_step, bind("one", one.id), bind("other", other.id));
        } else {
            database::execute(write, give_step, bind("one", one.id), bind("other", other.id),
                              bind("step", static_cast<std::int64_t>(step)),
                              bind("now", site.clock.now()));
        }
    });
}

void House::set_dial(Person const& one, Openness dial) {
    write([&](database::Write& write) {
        if (dial == Openness::resting) {
            database::execute(write, rest, bind("one", one.id), bind("now", site.clock.now()));
            return;
        }
        database::execute(write, end_rest, bind("one", one.id));
        database::execute(write, dial_at, bind("one", one.id), bind("dial", dial));
    });
}

void House::set_ceiling(Step step) {
    write([&](database::Write& write) {
        database::execute(write, ceiling_at, bind("step", static_cast<std::int64_t>(step)));
    });
}

void House::keep_distance(Person const& one, Person const& other) {
    write([&](database::Write& write) {
        CHECK(distance::keep_distance(write, one.viewer(), other.id, "", site.clock.now()));
    });
}

void House::disable(Person const& one) {
    write([&](database::Write& write) {
        members::set_state(site.site(), write, one.id, members::MemberState::disabled);
    });
}

void House::run_job(std::string_view name) {
    auto const slice = bonds_slice();
    auto const job = std::find_if(slice.jobs.begin(), slice.jobs.end(),
                                  [&](web::JobKind const& kind) { return kind.name == name; });
    REQUIRE(job != slice.jobs.end());
    job->run(site.site(), "");
}

std::string House::copy_of(Person const& person) {
    web::Archive archive;
    auto const slice = bonds_slice();
    read([&](database::Read& read) {
        (*slice.export_for)(site.site(), read, person.id, archive);
        return 0;
    });
    std::string all;
    for (auto const& entry : archive.entries()) all += entry.bytes;
    return all;
}

void House::erase(Person const& person) {
    auto const slice = bonds_slice();
    write([&](database::Write& write) { (*slice.erase_for)(write, person.id); });
}

void House::put_in_circle(Person const& one, Person const& other, bool small) {
    write([&](database::Write& write) {
        database::execute(write, meet, bind("one", one.id), bind("other", other.id),
                          bind("small", small));
    });
}

}  // namespace kith::bonds::testing
