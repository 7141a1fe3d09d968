#include <doctest/doctest.h>

#include <set>

#include "base/limits.hpp"
#include "members/join.hpp"
#include "members/member.hpp"
#include "members/recovery.hpp"
#include "members/session_rules.hpp"

using namespace kith;
using namespace kith::members;
using namespace std::chrono_literals;

TEST_CASE("a session on a shared device rests for at most 15 minutes") {
    auto const limits = session_limits(Device::shared, Role::member);
    Time const began{};
    CHECK(session_alive(limits, began, began, began + 14min));
    CHECK_FALSE(session_alive(limits, began, began, began + 15min));
    CHECK(session_alive(limits, began, began + 14min, began + 28min));
}

TEST_CASE("a program's session rests for 12 hours and lasts 7 days, an own device's 30 days") {
    CHECK(session_limits(Device::program, Role::member).idle == 12h);
    CHECK(session_limits(Device::program, Role::member).age == 7 * 24h);
    CHECK(session_limits(Device::own, Role::member).age == 30 * 24h);
    Time const began{};
    CHECK(session_alive(session_limits(Device::own, Role::member), began, began, began + 29 * 24h));
}

TEST_CASE("guides, stewards and the host have 30 minutes of rest and 12 hours on any device") {
    for (auto const role : {Role::guide, Role::steward, Role::host}) {
        CHECK(session_limits(Device::own, role).idle == 30min);
        CHECK(session_limits(Device::own, role).age == 12h);
        CHECK(session_limits(Device::program, role).idle == 30min);
        CHECK(session_limits(Device::shared, role).idle == 15min);
    }
}

TEST_CASE("a device is described by browser and system, and no closer") {
    CHECK(describe_agent("Mozilla/5.0 (Android 14; Mobile; rv:120.0) Gecko/120.0 Firefox/120.0") ==
          "Firefox, Android");
    CHECK(describe_agent("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, "
                         "like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0") == "Edge, Windows");
    CHECK(describe_agent("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 "
                         "Version/17.0 Mobile/15E148 Safari/604.1") == "Safari, iPhone");
    CHECK(describe_agent("<script>").empty());
    CHECK(describe_agent("").empty());
}

TEST_CASE("a recovery code holds 128 bits and is understood however it is typed") {
    SystemRandom random;
    std::set<std::string> codes;
    for (int i = 0; i < 100; ++i) codes.insert(make_recovery_code(random));
    CHECK(codes.size() == 100);
    auto const code = *codes.begin();
    CHECK(code.size() == 26 + 4);
    CHECK(plain_recovery_code(code).size() == 26);
    std::string shouted = " ";
    for (char const c : code)
        shouted += c == '-' ? ' ' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    CHECK(plain_recovery_code(shouted) == plain_recovery_code(code));
    CHECK(plain_recovery_code("OIL-oil") == "011011");
}

TEST_CASE("joining needs a name, an accepted agreement, and a way to come back") {
    JoinForm form;
    form.name = "Maya";
    form.agree = true;
    form.email = "maya@example.org";
    auto const wrong = [](JoinForm const& joining, Door door) {
        web::Mistakes mistakes;
        check_joining(mistakes, joining, door);
        std::set<std::string> fields;
        try {
            mistakes.throw_if_any();
        } catch (Refusal const& refusal) {
            for (auto const& field : refusal.fields()) fields.insert(field.field);
        }
        return fields;
    };
    CHECK(wrong(form, Door::open).empty());
    CHECK(wrong(form, Door::asking) == std::set<std::string>{"words"});
    CHECK(wrong({}, Door::open) == std::set<std::string>{"name", "password", "agree"});
    form.email = "not an address";
    CHECK(wrong(form, Door::open) == std::set<std::string>{"email"});
    form.email = "";
    form.password = "anything";
    CHECK(wrong(form, Door::invited).empty());
    form.name = std::string(limits::name_characters_max + 1, 'a');
    form.pronouns = std::string(limits::pronouns_characters_max + 1, 'a');
    CHECK(wrong(form, Door::invited) == std::set<std::string>{"name", "pronouns"});
}

TEST_CASE("a card says who leads, and holds no picture that isn't there") {
    SystemRandom random;
    auto const id = PublicId::make(random);
    auto const card = make_card(id, "Maya Ode", Role::guide, false);
    CHECK(card.initials == "MO");
    CHECK(card.role_word == "guide");
    CHECK(card.url == "/members/" + id.text());
    CHECK_FALSE(card.avatar_url);
    CHECK_FALSE(make_card(id, "Maya", Role::member, false).role_word);
    CHECK(make_card(id, "Maya", Role::member, true).avatar_url == card.url + "/avatar");
}
