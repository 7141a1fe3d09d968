#include <span>

#include "base/base64url.hpp"
#include "operations.hpp"

namespace kith::apart {
namespace {

/// Nobody here has keys that open anything: the server can't tell, and never sees the words.
std::string sealed(int recipients, std::string_view kind, std::string const& words) {
    std::string text = "age-encryption.org/v1\n";
    for (int i = 0; i < recipients; ++i) text.append("-> ").append(kind).append(" share\nkey\n");
    text.append("--- mac\n").append(words);
    return to_base64url(std::as_bytes(std::span(text)));
}

std::string recipient_of(World const& world, Who who) {
    return "age1" + world.page_of(who).substr(std::string_view("/members/").size());
}

/// The conversation of these two, as `who` is led to it; empty while nothing is open between them.
std::string conversation(World& world, Who who, Who other) {
    auto const id = world.page_of(other).substr(std::string_view("/members/").size());
    return led_to(world.post(who, "/letters/new", {{"to", id}}));
}

struct Two {
    Who one = Who::lea;
    Who other = Who::lea;
};

/// On the hidden side Hal and another: Lea only once they are apart, since a letter that came is
/// hers to keep.
Two two_of(Turn& turn) {
    constexpr Two open[] = {{Who::lea, Who::mo}, {Who::mo, Who::lea}};
    if (turn.side != Side::hidden) return open[turn.pick(2)];
    if (turn.world.apart && turn.pick(3) == 0) return {Who::hal, Who::lea};
    return turn.pick(2) == 0 ? Two{Who::hal, Who::mo} : Two{Who::mo, Who::hal};
}

void send(Turn& turn) {
    auto const two = two_of(turn);
    auto const path = conversation(turn.world, two.one, two.other);
    if (!path.starts_with("/letters/")) return;
    auto const now = turn.world.site->clock.now().time_since_epoch();
    auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(now).count();
    turn.world.post(two.one, path,
                    {{"sealed", sealed(2, "X25519", turn.words())},
                     {"sequence", std::to_string(seconds)},
                     {"recipient", recipient_of(turn.world, two.other)},
                     {"own_recipient", recipient_of(turn.world, two.one)}});
}

void read(Turn& turn) {
    auto const two = two_of(turn);
    auto const path = conversation(turn.world, two.one, two.other);
    if (!path.starts_with("/letters/")) return;
    auto const page = turn.world.browser(two.one).get_json(path).json();
    std::string last;
    for (auto const& letter : page.at("letters").as_array())
        if (!letter.at("own").as_bool()) last = letter.at("id").as_string();
    if (!last.empty()) turn.world.post(two.one, path + "/read", {{"last", last}});
}

void pace(Turn& turn) {
    turn.world.post(turn.someone(), "/settings/pace",
                    {{"delivery", turn.pick(2) == 0 ? "daily" : "now"}, {"unsend_minutes", "10"}});
}

std::vector<std::string> paths(World const& world) {
    auto const forged = "/letters/" + std::string(22, 'A');
    std::vector<std::string> paths{forged, forged + "/" + std::string(22, 'A') + "/picture"};
    for (auto const who : everyone)
        paths.push_back("/letters/new?to=" +
                        world.page_of(who).substr(std::string_view("/members/").size()));
    return paths;
}

}  // namespace

void furnish_letters(World& world) {
    auto const wrapped = sealed(1, "scrypt", "wrapped");
    for (auto const who : {Who::lea, Who::hal, Who::mo})
        world.post(who, "/letters/keys",
                   {{"recipient", recipient_of(world, who)},
                    {"verify_key", "verify"},
                    {"proof", "proof"},
                    {"by_passphrase", wrapped},
                    {"by_code", wrapped}});
    for (auto const& [one, other] : {std::pair(Who::hal, Who::lea), std::pair(Who::mo, Who::lea),
                                     std::pair(Who::mo, Who::hal)})
        if (!conversation(world, one, other).starts_with("/letters/"))
            throw std::runtime_error("the world can't be furnished: letters");
}

RoomOperations letters_operations() {
    return {"letters",
            {{"send a letter", send}, {"read letters", read}, {"choose a pace", pace}},
            paths};
}

}  // namespace kith::apart
