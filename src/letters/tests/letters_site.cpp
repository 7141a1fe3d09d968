#include "letters_site.hpp"

#include "base/base64url.hpp"
#include "bonds/bonds_slice.hpp"
#include "database/jobs.hpp"
#include "distance/distance_slice.hpp"
#include "distance/distance_store.hpp"
#include "letters/keys_store.hpp"
#include "letters/letters_slice.hpp"
#include "members/erasure_store.hpp"
#include "members/members.hpp"
#include "members/members_slice.hpp"
#include "members/sessions.hpp"
#include "notify/notice_settings_store.hpp"
#include "notify/notify_slice.hpp"

namespace kith::letters::testing {
namespace {

using database::bind;
using database::Sql;

constexpr Sql give_step = R"(
    insert into bonds (member, other, step, since, name) values (:one, :other, :step, :now, '')
    on conflict (member, other) do update set step = excluded.step, since = excluded.since)";
constexpr Sql take_step = "delete from bonds where member = :one and other = :other";
constexpr Sql open_dial = R"(
    insert into openness (member, dial) values (:one, 'open')
    on conflict (member) do update set dial = excluded.dial)";
constexpr Sql begin_rest = R"(
    insert into rests (member, since, until) values (:one, :now, null)
    on conflict (member) do nothing)";
constexpr Sql pace_is = R"(
    insert into paces (member, delivery, unsend_minutes) values (:one, :delivery, :minutes)
    on conflict (member) do update set delivery = excluded.delivery,
        unsend_minutes = excluded.unsend_minutes)";

web::SiteHooks hooks() {
    auto hooks = members_hooks();
    notify::add_notify_hooks(hooks);
    return hooks;
}

}  // namespace

std::string sealed_for(std::size_t recipients, std::string_view words, std::string_view kind) {
    std::string text = "age-encryption.org/v1\n";
    for (std::size_t n = 0; n < recipients; ++n)
        text.append("-> ").append(kind).append(" share\nkey\n");
    text.append("--- mac\n").append(words);
    return to_base64url(std::as_bytes(std::span(text)));
}

std::string recipient_of(Person const& person) { return "age1" + person.public_id.text(); }

House::House(std::string url)
    : site({members_slice(), distance::distance_slice(), notify::notify_slice(),
            bonds::bonds_slice(), letters_slice()},
           hooks(), std::move(url)) {}

Person House::person(std::string const& name) {
    members::NewMember member{.public_id = PublicId::make(site.random), .name = name};
    member.language = "en";
    member.joined_at = site.clock.now();
    member.agreement_version = 1;
    auto const id =
        write([&](database::Write& write) { return members::add_member(write, member); });
    return {id, member.public_id, name};
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

void House::give(Person const& one, Person const& other, bonds::Step step) {
    write([&](database::Write& write) {
        if (step < bonds::Step::hello)
            database::execute(write, take_step, bind("one", one.id), bind("other", other.id));
        else
            database::execute(write, give_step, bind("one", one.id), bind("other", other.id),
                              bind("step", static_cast<std::int64_t>(step)),
                              bind("now", site.clock.now()));
    });
}

void House::bond(Person const& one, Person const& other, bonds::Step step) {
    give(one, other, step);
    give(other, one, step);
    for (auto const* person : {&one, &other}) {
        write([&](database::Write& write) {
            database::execute(write, open_dial, bind("one", person->id));
        });
        make_keys(*person);
    }
}

void House::make_keys(Person const& person) {
    write([&](database::Write& write) {
        OwnKeys keys;
        keys.recipient = recipient_of(person);
        keys.verify_key = "verify";
        keys.proof = "proof";
        keys.by_passphrase = keys.by_code = sealed_for(1, "wrapped", "scrypt");
        keys.made_at = site.clock.now();
        keep_keys(write, person.viewer(), keys);
    });
}

void House::set_pace(Person const& person, std::string_view delivery, int unsend_minutes) {
    write([&](database::Write& write) {
        database::execute(write, pace_is, bind("one", person.id), bind("delivery", delivery),
                          bind("minutes", unsend_minutes));
    });
}

void House::keep_distance(Person const& one, Person const& other) {
    write([&](database::Write& write) {
        CHECK(distance::keep_distance(write, one.viewer(), other.id, "", site.clock.now()));
    });
}

void House::rest(Person const& one) {
    write([&](database::Write& write) {
        database::execute(write, begin_rest, bind("one", one.id), bind("now", site.clock.now()));
    });
}

void House::disable(Person const& one) {
    write([&](database::Write& write) {
        members::set_state(site.site(), write, one.id, members::MemberState::disabled);
    });
}

void House::begin_erasing(Person const& one) {
    write([&](database::Write& write) {
        members::begin_erasing(site.site(), write, one.id, site.clock.now());
    });
}

void House::erase(Person const& one) {
    write([&](database::Write& write) {
        for (auto const& erase_for : site.site().erasures) erase_for(write, one.id);
        members::wipe_member(write, one.id, PublicId::make(site.random));
    });
}

std::string House::conversation(Person const& one, Person const& other) {
    auto const made = as(one).post("/letters/new", {{"to", other.public_id.text()}});
    REQUIRE(made.status == 303);
    return made.header("location");
}

boost::json::object House::letter(Person const& from, Person const& to, std::int64_t sequence,
                                  std::string_view words) const {
    return {{"sealed", sealed_for(2, words)},
            {"sequence", sequence},
            {"recipient", recipient_of(to)},
            {"own_recipient", recipient_of(from)}};
}

void House::send(Person const& from, Person const& to, std::int64_t sequence,
                 std::string_view words) {
    auto const sent = as(from).post_json(conversation(from, to), letter(from, to, sequence, words));
    CHECK(sent.status == 200);
    run_jobs();
}

unsigned House::read_letters(Person const& reader, std::string const& path, std::size_t only) {
    std::string last;
    for (auto const& letter : letters(reader, path))
        if (!letter.at("own").as_bool() && only-- > 0) last = letter.at("id").as_string();
    return as(reader).post(path + "/read", {{"last", last}}).status;
}

void House::set_quiet(Person const& person, std::chrono::minutes from, std::chrono::minutes until) {
    notify::NoticeWishes wishes;
    wishes.quiet = {from, until};
    write([&](database::Write& write) { notify::keep_wishes(write, person.id, wishes); });
}

boost::json::array House::letters(Person const& reader, std::string const& path) {
    return as(reader).get_json(path).json().at("letters").as_array();
}

void House::run_jobs() { site.house().run_due_jobs(); }

}  // namespace kith::letters::testing
