#include "circles/making.hpp"
#include "circles/membership_store.hpp"
#include "operations.hpp"
#include "pictures.hpp"
#include "talk/greeters.hpp"

namespace kith::apart {
namespace {

using namespace std::chrono_literals;
using database::bind;

constexpr database::Sql some_of_crowd =
    "select id from members where name like 'One of many %' order by id limit 52";
constexpr database::Sql group_of_circle = "select talk_group from circles where public_id = :id";
constexpr database::Sql id_of_circle = "select id from circles where public_id = :id";
constexpr database::Sql discussion_of = "select id from discussions where subject_path = :path";

void need(bool fine, std::string const& what) {
    if (!fine) throw std::runtime_error("the world can't be furnished: " + what);
}

std::string publish(World& world, Who who, std::string const& title) {
    auto const path = led_to(world.post(who, "/essays/new",
                                        {{"title", title},
                                         {"body", "A lantern, and " + title},
                                         {"audience", "anyone"},
                                         {"publish", "1"}}));
    need(path.starts_with("/essays/"), title);
    return path;
}

/// A circle of so many at most, made by `keeper`, with these people in it.
std::string circle(World& world, Who keeper, std::string const& name, std::string const& size,
                   std::vector<Who> const& people, std::size_t crowd) {
    auto const path = led_to(world.post(keeper, "/circles/new",
                                        {{"name", name},
                                         {"purpose", "To sit by a lantern."},
                                         {"kind", "friends"},
                                         {"size_max", size},
                                         {"listing", "listed"},
                                         {"joining", "asking"},
                                         {"history_open", "1"},
                                         {"agreement", "Be kind."}}));
    need(path.starts_with("/circles/"), name);
    world.write([&](database::Write& write) {
        auto const public_id = path.substr(std::string("/circles/").size());
        auto const id =
            database::one<Id<circles::Circle>>(write, id_of_circle, bind("id", public_id));
        auto const group =
            database::one<Id<talk::Group>>(write, group_of_circle, bind("id", public_id));
        std::vector<Id<Member>> all;
        all.reserve(people.size());
        for (auto const who : people) all.push_back(world.member(who));
        for (auto const other : database::rows<Id<Member>>(write, some_of_crowd))
            if (all.size() < people.size() + crowd) all.push_back(other);
        for (auto const member : all) {
            circles::insert_member(write, id, member, false, 1, world.site->clock.now());
            talk::admit(write, group, member, Time{});
        }
    });
    return path;
}

std::string conversation(World& world, Who who, std::string const& place, std::string const& title,
                         bool with_poll, std::string const& patience = "stay") {
    FormFields form{{"title", title},
                    {"body", "A lantern for us"},
                    {"asks_for", "nothing"},
                    {"patience", patience}};
    if (with_poll) {
        form.emplace_back("poll_question", "When?");
        form.emplace_back("poll_choices", "Now\nLater");
    }
    auto const path = led_to(world.post(who, place + "/conversations", form));
    need(path.starts_with("/conversations/"), title);
    return path;
}

void note_poll(World& world, Things& things, Who who, std::string const& path) {
    auto const page = world.browser(who).get_json(path);
    auto const at = page.body.find("/polls/");
    need(at != std::string::npos, "a poll");
    things.polls.push_back({page.body.substr(at, 7 + PublicId::length), who});
}

void say(World& world, Things& things, Who who, std::string const& place, std::string const& body,
         std::string const& parent = {}) {
    auto const id = world.say(who, place, body, parent);
    need(!id.empty(), body);
    things.words.push_back({id, place, parent, who});
}

/// More words than a page holds, all of the crowd, who have nothing to do with anyone.
void fill_page(World& world, std::string const& place) {
    world.write([&](database::Write& write) {
        auto const discussion =
            database::one<Id<talk::Discussion>>(write, discussion_of, bind("path", place));
        auto at = world.site->clock.now();
        for (auto const member : database::rows<Id<Member>>(write, some_of_crowd)) {
            at += 1s;
            talk::add_comment(world.site->site(), write,
                              {discussion, member, {}, "One more lantern", {}, at});
        }
    });
    auto const page = world.browser(Who::nia).get_json(place).json();
    for (auto const& item : page.at("comments").at("items").as_array())
        if (item.at("name").as_string().starts_with("One of many"))
            world.crowd.insert(std::string(item.at("id").as_string()));
    world.move(2min);
}

void write_essays(World& world) {
    for (auto const who : {Who::gil, Who::mo, Who::lea})
        world.open.essays.push_back({publish(world, who, "By " + name_of(who)), who});
    world.hidden.essays.push_back({publish(world, Who::hal, "By one unseen"), Who::hal});
    auto const gils = world.open.essays[0].path;
    auto const hals = world.hidden.essays[0].path;
    say(world, world.open, Who::lea, gils, "Lea's lantern");
    say(world, world.open, Who::mo, gils, "Mo's lantern");
    say(world, world.open, Who::nia, gils, "Nia's lantern", world.open.words[1].id);
    say(world, world.open, Who::mo, world.open.essays[2].path, "To Lea");
    say(world, world.hidden, Who::hal, gils, "unseen lantern");
    say(world, world.hidden, Who::mo, gils, "under it, unseen", world.hidden.words[0].id);
    say(world, world.hidden, Who::hal, world.open.essays[2].path, "unseen, to Lea");
    say(world, world.hidden, Who::nia, hals, "in an unseen place");
    fill_page(world, gils);
}

void form_circles(World& world) {
    world.wide =
        circle(world, Who::gil, "Wide Water", "200", {Who::lea, Who::hal, Who::mo, Who::nia}, 12);
    world.own = circle(world, Who::mo, "Lea's Lake", "200", {Who::lea, Who::nia}, 12);
    need(
        world.post(Who::mo, world.own + "/members/" + world.page_of(Who::lea).substr(9) + "/keeper")
                .status == 303,
        "a second keeper");
    world.near = circle(world, Who::mo, "Near Shore", "12", {Who::lea, Who::hal, Who::nia}, 0);
    auto const by_mo = conversation(world, Who::mo, world.wide, "Mo asks", true);
    auto const by_hal = conversation(world, Who::hal, world.wide, "unseen asks", true);
    auto const by_nia = conversation(world, Who::nia, world.near, "Near words", true);
    world.open.conversations.push_back({by_mo, Who::mo});
    world.hidden.conversations.push_back({by_hal, Who::hal});
    world.small.conversations.push_back({by_nia, Who::nia});
    note_poll(world, world.open, Who::mo, by_mo);
    note_poll(world, world.hidden, Who::hal, by_hal);
    note_poll(world, world.small, Who::nia, by_nia);
    say(world, world.open, Who::lea, by_mo, "Lea in the wide");
    say(world, world.open, Who::nia, by_mo, "Nia in the wide");
    say(world, world.hidden, Who::hal, by_mo, "unseen in the wide");
    say(world, world.small, Who::hal, by_nia, "Hal near");
    say(world, world.small, Who::lea, by_nia, "Lea near");
    for (auto const who : {Who::lea, Who::nia, Who::hal})
        need(world.post(who, world.open.polls[0].path + "/vote", {{"choice", "1"}}).status == 303,
             "a vote");
}

void greet(World& world) {
    world.write([&](database::Write& write) {
        need(talk::name_greeter(write, world.member(Who::gil), world.site->clock.now()), "Gil");
        if (world.lea_role == Role::guide)
            need(talk::name_greeter(write, world.member(Who::lea), world.site->clock.now()), "Lea");
    });
    for (auto const& [who, things, words] : {std::tuple(Who::nia, &world.open, "Nia says hello"),
                                             std::tuple(Who::hal, &world.hidden, "unseen hello")}) {
        auto const path = led_to(world.post(who, "/welcome/introduction", {{"body", words}}));
        need(path.starts_with("/introductions/"), words);
        things->hellos.push_back({path, who});
        world.move(1h);
    }
}

void set_up_lea(World& world) {
    FormFields ways{{"mail", "1"},
                    {"wording", "full"},
                    {"digest_at", "08:00"},
                    {"quiet_from", "00:00"},
                    {"quiet_until", "00:00"}};
    for (auto const* kind : {"talk.replied", "talk.commented", "talk.mentioned", "talk.kindly"})
        ways.emplace_back("ways", std::string(kind) + "=at_once");
    need(world.post(Who::lea, "/settings/notices", ways).status == 303, "notices");
    for (auto const who : {Who::lea, Who::hal})
        need(world.post(who, "/settings/reach-out",
                        {{"takes_letters", "1"}, {"when_read", "evenings"}, {"answer_days", "3"}})
                     .status == 303,
             "letters");
}

/// All are open to bonds; Hal, Lea and Mo have letters between them.
void take_steps(World& world) {
    for (auto const who : everyone)
        need(world.post(who, "/settings/openness", {{"dial", "open"}}).status == 303, "a dial");
    for (auto const& [one, other] : {std::pair(Who::hal, Who::lea), std::pair(Who::mo, Who::lea),
                                     std::pair(Who::mo, Who::hal)})
        for (std::string const step : {"hello", "letters"}) {
            need(world.post(one, world.page_of(other) + "/bond/offer", {{"step", step}}).status ==
                     303,
                 "an offer");
            need(world.post(other, world.page_of(one) + "/bond/accept", {{"step", step}}).status ==
                     303,
                 "a bond");
        }
    need(world.post(Who::lea, world.page_of(Who::hal) + "/bond/hello", {{"words", "Dear Hal"}})
                 .status == 303,
         "a greeting");
    furnish_letters(world);
}

}  // namespace

void furnish(World& world) {
    world.begin_event("essays");
    write_essays(world);
    world.begin_event("circles");
    form_circles(world);
    world.begin_event("hellos");
    greet(world);
    world.begin_event("settings");
    set_up_lea(world);
    world.begin_event("bonds");
    take_steps(world);
    world.begin_event("pictures");
    auto const bytes = tests::one_pixel();
    for (auto const who : {Who::hal, Who::mo})
        need(world.upload(who, "/settings/profile/picture", {}, {{"picture", bytes}}).status == 303,
             "a portrait");
    need(world.upload(Who::hal, world.hidden.essays[0].path + "/picture",
                      {{"alt", "unseen"}, {"above", "1"}}, {{"picture", bytes}})
                 .status == 303,
         "a picture");
    need(world.post(Who::hal, world.open.essays[0].path + "/thanks",
                    {{"to", name_of(Who::lea)}, {"note", "unseen thanks"}})
                 .status == 303,
         "thanks");
    need(world.post(Who::lea, world.hidden.essays[0].path + "/reach-out", {{"body", "Dear Hal"}})
                 .status == 303,
         "a letter");
    for (auto const& words : world.open.words)
        if (words.by == Who::lea)
            world.post(Who::hal, "/comments/" + words.id + "/kind", {{"kind", "heard"}});
    for (auto const& [who, things] : {std::pair(Who::hal, &world.hidden), {Who::mo, &world.open}}) {
        auto const path = things->conversations[0].path;
        need(world.upload(who, path + "/comments",
                          {{"body", who == Who::hal ? "unseen" : "to be seen"}},
                          {{"picture_1", bytes}})
                     .status == 303,
             "a picture beside words");
    }
    // Nobody answers these: they come to greeters.
    auto const far = circle(world, Who::mo, "Far Field", "40", {Who::nia}, 12);
    static_cast<void>(conversation(world, Who::nia, far, "Nia waits", false, "day"));
    world.hidden.conversations.push_back(
        {conversation(world, Who::hal, world.wide, "unseen waits", false, "day"), Who::hal});
    world.move(25h);
    static_cast<void>(world.deliveries());
}

}  // namespace kith::apart
