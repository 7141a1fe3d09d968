// Who answers first hellos: stewards name them, and they say a sentence of themselves.
#include "base/limits.hpp"
#include "talk/greeters.hpp"
#include "web/respond.hpp"
#include "welcome/reply_times.hpp"
#include "welcome/welcome_handlers.hpp"

namespace kith::welcome {

using web::Answer;
using web::Call;
using web::Outcome;

namespace {

std::optional<std::string> reply_line(Call const& call) {
    auto const since = call.now() - limits::reply_time_measured;
    auto const times =
        reply_times_of(talk::reply_times(call.read(), call.viewer(), since), call.now());
    if (!times) return std::nullopt;
    auto const longer = call.say("welcome.longer_than_day", {{"count", times->longer_than_day}});
    if (!times->half_within_hours) return call.say("welcome.half_without") + " " + longer;
    return call.say("welcome.half_within", {{"hours", *times->half_within_hours}}) + " " + longer;
}

/// They hear no more of what had come to them as a greeter.
void stop_greeting(Call& call, database::Write& write, Id<Member> member) {
    talk::unname_greeter(write, member);
    call.site.nodes->end_streams_after(write, member);
}

}  // namespace

Answer show_greeters(Call& call) {
    GreetersPage view;
    for (auto& row : talk::greeters(call.read(), call.viewer())) {
        auto url = std::string(greeters_path) + "/" + row.public_id.text() + "/unname";
        view.items.push_back(
            {row.public_id, std::move(row.name), std::move(row.greeting), std::move(url)});
    }
    view.name = call.field(greeters_path, "name");
    view.reply_times = reply_line(call);
    return web::respond(call, view,
                        {.title = call.say("welcome.greeters"), .place = web::Place::host});
}

Outcome act_name_greeter(Call& call) {
    auto const form = web::read_form<NameGreeterForm>(call.form);
    auto const name = web::trimmed(form.name);
    web::Mistakes mistakes;
    mistakes.required("name", name).max("name", name, limits::name_characters_max);
    mistakes.throw_if_any();
    return Outcome::deed([&call, name](database::Write& write) {
        if (talk::greeters(write, Viewer::server()).size() >= limits::greeters_max)
            throw Refusal::conflict("welcome.greeters_enough");
        auto const found = talk::members_called(write, call.viewer(), name);
        if (found.empty()) throw Refusal::mistakes({{"name", "welcome.nobody_called"}});
        if (found.size() > 1) throw Refusal::mistakes({{"name", "welcome.two_called"}});
        if (talk::name_greeter(write, found.front(), call.now()) &&
            !call.viewer().is(found.front())) {
            web::Notice notice;
            notice.to = found.front();
            notice.kind = named_notice;
            notice.url = greeting_path;
            notice.from = call.viewer().member;
            web::tell(write, call.site, std::move(notice));
        }
        return web::done(call, std::string(greeters_path), "welcome.said_named");
    });
}

Outcome act_unname_greeter(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        for (auto const& row : talk::greeters(write, call.viewer())) {
            if (row.public_id != call.id()) continue;
            stop_greeting(call, write, row.member);
            return web::done(call, std::string(greeters_path), "welcome.said_unnamed");
        }
        throw Refusal::not_found();
    });
}

Answer show_greeting(Call& call) {
    auto const own = talk::own_greeting(call.read(), call.viewer());
    if (!own) throw Refusal::not_found();
    GreetingPage view;
    view.name = own->name;
    view.greeting = call.field(greeting_path, "greeting", own->greeting);
    return web::respond(call, view, {.title = call.say("welcome.greeting")});
}

Outcome act_greeting(Call& call) {
    auto const form = web::read_form<GreetingForm>(call.form);
    auto const greeting = web::trimmed(form.greeting);
    web::Mistakes mistakes;
    mistakes.max("greeting", greeting, limits::greeting_characters_max).throw_if_any();
    return Outcome::deed([&call, greeting](database::Write& write) {
        if (!talk::own_greeting(write, call.viewer())) throw Refusal::not_found();
        talk::set_greeting(write, call.viewer().member, greeting);
        return web::done(call, std::string(greeting_path), "welcome.said_greeting");
    });
}

Outcome act_stop_greeting(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        if (!talk::own_greeting(write, call.viewer())) throw Refusal::not_found();
        stop_greeting(call, write, call.viewer().member);
        return web::done(call, "/", "welcome.said_stopped");
    });
}

}  // namespace kith::welcome
