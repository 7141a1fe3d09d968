#include "web/respond.hpp"

#include "base/text.hpp"
#include "web/json.hpp"
#include "web/refuse.hpp"

namespace kith::web {
namespace {

struct Location {
    std::string location;
};
BOOST_DESCRIBE_STRUCT(Location, (), (location))

Answer json_answer(unsigned status, Shape const& shape, void const* view) {
    std::string body;
    to_json(body, shape, view);
    auto answer = raw("application/json", std::move(body));
    answer.status = status;
    return answer;
}

Answer see_other(std::string location) {
    Answer answer;
    answer.status = 303;
    answer.headers.emplace_back("location", std::move(location));
    return answer;
}

/// "?said=…" is a key of a sentence that begins with said_, and nothing else.
void add_said(Call const& call, Shell& shell) {
    auto const* said = call.query.find("said");
    if (!said || said->find(".said_") == std::string::npos) return;
    if (call.site.words.has(*said)) shell.notices.push_back(call.say(*said));
}

void add_visitor(Call const& call, Shell& shell) {
    auto const& visitor = call.visitor;
    shell.theme = visitor.theme;
    shell.letters = visitor.plain_letters ? "plain" : "";
    shell.discreet = visitor.discreet;
    shell.signed_in = visitor.viewer.signed_in();
    shell.own_device = visitor.own_device;
    if (!shell.signed_in) return;
    shell.viewer_name = visitor.name;
    shell.viewer_tint = std::to_string(tint_of(visitor.member_id));
    shell.viewer_initials = initials_of(visitor.name);
    shell.viewer_url = "/members/" + visitor.member_id.text();
    shell.may_write_essays = visitor.may_write_essays;
    shell.is_steward = visitor.viewer.at_least(Role::steward);
}

Shell shell_for(Call& call, Head& head) {
    auto const& site = call.site;
    Shell shell;
    shell.language = call.language;
    shell.direction = call.reading().rtl ? "rtl" : "ltr";
    shell.css_url = site.static_url("kith.css");
    shell.js_url = site.static_url("kith.js");
    shell.path = call.path;
    add_visitor(call, shell);
    shell.icon_url = site.static_url(shell.discreet ? "neutral.svg" : "mark.svg");
    shell.place = head.place;
    shell.wide = head.wide;
    shell.alone = head.alone;
    shell.description = std::move(head.description);
    if (head.canonical) {
        shell.canonical = site.settings.public_url + *head.canonical;
        shell.og_url = shell.canonical;
    }
    if (head.og_image) shell.og_image = site.settings.public_url + *head.og_image;
    shell.feed_url = std::move(head.feed_url);
    shell.live_url = std::move(head.live_url);
    if (!head.for_search_engines) shell.robots = "noindex";
    if (call.failure) shell.mistakes = call.failure->sentences;
    add_said(call, shell);
    site.hooks.furnish(call, shell);
    // A watched screen shows no words of meaning in its title.
    shell.title = shell.discreet ? call.say("app.discreet_title") : std::move(head.title);
    return shell;
}

}  // namespace

Answer respond_described(Call& call, std::string_view page, Shape const& shape, void const* view,
                         Head head) {
    auto const status = head.status;
    if (call.wants_json) return json_answer(status, shape, view);
    auto const shell = shell_for(call, head);
    std::string body;
    body.reserve(64 * 1024);
    call.site.templates.render_page(body, "app/layout", model_of(shell), page, {&shape, view},
                                    call.reading());
    auto answer = raw("text/html; charset=utf-8", std::move(body));
    answer.status = status;
    return answer;
}

Answer made_described(Call& call, std::string location, Shape const& shape, void const* view) {
    if (!call.wants_json) return see_other(std::move(location));
    auto answer = json_answer(201, shape, view);
    answer.headers.emplace_back("location", std::move(location));
    return answer;
}

Answer done(Call& call, std::string location) {
    if (!call.wants_json) return see_other(std::move(location));
    Location const view{std::move(location)};
    return json_answer(200, shape_of<Location>(), &view);
}

Answer done(Call& call, std::string location, std::string_view said) {
    if (call.wants_json) return done(call, std::move(location));
    auto const mark = std::min(location.find('#'), location.size());
    auto const glue = location.find('?') < mark ? "&said=" : "?said=";
    location.insert(mark, glue + std::string(said));
    return done(call, std::move(location));
}

Answer raw(std::string type, std::string bytes) {
    Answer answer;
    answer.headers.emplace_back("content-type", std::move(type));
    answer.body = std::make_shared<std::string const>(std::move(bytes));
    return answer;
}

std::string fragment_described(Site& site, Reading const& reading, std::string_view page,
                               Shape const& shape, void const* view) {
    std::string out;
    site.templates.render(out, page, shape, view, reading);
    return out;
}

void set_cookie(Site const& site, Answer& answer, std::string_view name, std::string_view value,
                std::optional<std::chrono::seconds> age) {
    std::string line = site.settings.secure_cookies ? "__Host-" : "";
    line.append(name).append("=").append(value).append("; Path=/; HttpOnly; SameSite=Lax");
    if (site.settings.secure_cookies) line += "; Secure";
    if (age) line += "; Max-Age=" + std::to_string(age->count());
    answer.headers.emplace_back("set-cookie", std::move(line));
}

std::string_view cookie(Site const& site, HttpRequest const& request, std::string_view name) {
    std::string wanted = site.settings.secure_cookies ? "__Host-" : "";
    return cookie_in(request.header("cookie"), wanted.append(name));
}

}  // namespace kith::web
