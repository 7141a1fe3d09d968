#include "app/demo.hpp"

#include <ostream>

#include "circles/circles_demo.hpp"
#include "essays/essays_demo.hpp"
#include "members/community.hpp"
#include "members/members.hpp"
#include "members/password.hpp"
#include "web/json.hpp"
#include "welcome/welcome_demo.hpp"

namespace kith::app {
namespace {

/// Somebody of the demo, and how to come in as them.
struct DemoMember {
    std::string name;
    std::string role;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(DemoMember, (), (name, role, password))

struct DemoPerson {
    std::string_view name;
    std::string_view pronouns;
    Role role;
    bool writes_essays;
};

constexpr DemoPerson people[] = {
    {"Tomasz Brandt", "he", Role::host, true}, {"Miriam Okoro", "she", Role::guide, true},
    {"Ines", "", Role::steward, false},        {"Kofi Mensah", "he", Role::member, true},
    {"Wren", "they", Role::member, false},     {"Pilar", "she", Role::member, false},
    {"Noor", "she", Role::member, false},
};

/// All but the last have been here a while.
constexpr auto time_here = 60 * std::chrono::hours(24);

/// Sixteen letters that are easy to type, in fours: 80 bits.
std::string make_demo_password(Random& random) {
    constexpr std::string_view letters = "abcdefghijkmnpqrstuvwxyz23456789";
    std::array<std::byte, 16> bytes{};
    random.fill(bytes);
    std::string password;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i > 0 && i % 4 == 0) password += '-';
        password += letters[std::to_integer<std::size_t>(bytes.at(i)) % letters.size()];
    }
    return password;
}

std::string role_name(Role role) {
    switch (role) {
        case Role::host: return "host";
        case Role::steward: return "steward";
        case Role::guide: return "guide";
        default: return "member";
    }
}

members::NewMember newcomer(web::Site& site, DemoPerson const& person, std::string const& hash,
                            std::int64_t agreement_version, Time joined_at) {
    members::NewMember member;
    member.public_id = PublicId::make(site.random);
    member.name = person.name;
    member.pronouns = person.pronouns;
    member.role = person.role;
    member.password_hash = hash;
    member.joined_at = joined_at;
    member.agreement_version = agreement_version;
    member.writes_essays = person.writes_essays;
    return member;
}

void open_the_door(database::Write& write) {
    auto community = members::community(write);
    community.name = "Harbour Street";
    community.join_policy = members::JoinPolicy::open;
    community.guests_may_comment = true;
    community.hold_first_comments = false;
    members::change_community(write, community);
}

void print(CommandLine& line, std::vector<DemoMember> const& members) {
    if (line.wants_json()) {
        line.out() << web::to_json(members) << '\n';
        return;
    }
    line.out() << "A demo community, Harbour Street. Come in as:\n";
    for (auto const& member : members)
        line.out() << "  " << member.name << " (" << member.role << "), password "
                   << member.password << '\n';
}

}  // namespace

void fill_demo(CommandLine& line) {
    auto& site = line.upgraded_community().house().site();
    std::vector<DemoMember> members;
    std::vector<std::string> hashes;
    for (auto const& person : people) {
        auto const password = make_demo_password(site.random);
        hashes.push_back(members::hash_password(password));
        members.push_back({std::string(person.name), role_name(person.role), password});
    }
    site.database.write_now([&](database::Write& write) {
        if (members::any_member(write))
            throw web::CommandRefused("This community has members: a demo is for an empty one.");
        open_the_door(write);
        auto const version = members::community(write).agreement_version;
        std::vector<Id<Member>> ids;
        for (std::size_t i = 0; i < hashes.size(); ++i)
            ids.push_back(members::add_member(
                write, newcomer(site, people[i], hashes[i], version,
                                i + 1 == hashes.size() ? site.now() : site.now() - time_here)));
        essays::essays_demo(
            site, write, {.guide = ids[1], .author = ids[3], .readers = {ids[4], ids[5], ids[2]}});
        circles::circles_demo(
            site, write, {.guide = ids[1], .keeper = ids[3], .members = {ids[5], ids[0], ids[2]}});
        welcome::welcome_demo(site, write, {.greeter = ids[4], .newcomer = ids[6]});
    });
    print(line, members);
}

}  // namespace kith::app
