// How members say hello, and how they are answered.
#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "distance/distance_link.hpp"
#include "talk/greeters.hpp"
#include "web/respond.hpp"
#include "welcome/introductions_store.hpp"
#include "welcome/welcome_handlers.hpp"

namespace kith::welcome {

using web::Answer;
using web::Call;
using web::Outcome;

namespace {

IntroductionRow visible_introduction(Call const& call, database::Read& read) {
    auto row = find_introduction(read, call.viewer(), call.id());
    if (!row) throw Refusal::not_found();
    return *std::move(row);
}

IntroductionRow introduction_to_change(Call const& call, database::Read& read) {
    auto row = visible_introduction(call, read);
    if (!call.viewer().is(row.author)) throw Refusal::not_found();
    return row;
}

IntroductionForm checked_form(Call const& call) {
    auto form = web::read_form<IntroductionForm>(call.form);
    web::Mistakes mistakes;
    mistakes.required("body", form.body).max_bytes("body", form.body, limits::post_bytes_max);
    mistakes.throw_if_any();
    return form;
}

/// Who was asked by name, while they are a greeter whom the viewer can see; else anyone.
std::optional<talk::GreeterRow> asked_greeter(Call const& call, database::Read& read,
                                              std::optional<PublicId> const& asked) {
    if (!asked) return std::nullopt;
    for (auto& greeter : talk::greeters(read, call.viewer()))
        if (greeter.public_id == *asked && !call.viewer().is(greeter.member))
            return std::move(greeter);
    return std::nullopt;
}

void tell_asked(web::Site& site, database::Write& write, PublicId const& introduction,
                Hello const& hello) {
    web::Notice notice;
    notice.to = *hello.greeter;
    notice.kind = asked_notice;
    notice.url = introduction_url(introduction);
    notice.about = introduction.text();
    notice.from = hello.author;
    web::tell(write, site, std::move(notice));
}

PublicId begin(Call& call, database::Write& write, IntroductionForm const& form) {
    Hello hello{call.viewer().member, {}, form.body, form.patience, call.now()};
    if (auto const greeter = asked_greeter(call, write, form.greeter))
        hello.greeter = greeter->member;
    return say_hello(call.site, write, hello);
}

void add_greeters(Call const& call, SayHelloPage& view) {
    std::optional<PublicId> chosen;
    if (call.failed(say_hello_pattern))
        chosen = PublicId::parse(std::string(call.form.text("greeter")));
    for (auto& row : talk::greeters(call.read(), call.viewer())) {
        if (call.viewer().is(row.member)) continue;
        bool const is_chosen = chosen && *chosen == row.public_id;
        view.anyone = view.anyone && !is_chosen;
        view.greeters.push_back(
            {row.public_id, std::move(row.name), std::move(row.greeting), is_chosen});
    }
}

}  // namespace

PublicId say_hello(web::Site& site, database::Write& write, Hello const& hello) {
    auto id = PublicId::make(site.random);
    talk::DiscussionOpening opening;
    opening.public_id = PublicId::make(site.random);
    opening.subject_path = introduction_url(id);
    opening.audience = talk::Audience::members;
    opening.author = hello.author;
    opening.begun_at = hello.at;
    auto const discussion = talk::open_discussion(write, opening);
    talk::begin_waiting(write, discussion, waiting_kind, hello.patience, hello.at);
    insert_introduction(write, {id, hello.author, discussion, hello.greeter, hello.markdown,
                                render_markdown(hello.markdown, MarkdownKind::comment), hello.at});
    if (hello.greeter) tell_asked(site, write, id, hello);
    return id;
}

Answer show_say_hello(Call& call) {
    auto const own = own_introduction(call.read(), call.viewer());
    SayHelloPage view;
    view.body = call.field(say_hello_pattern, "body", own ? own->markdown : "");
    view.again = own.has_value();
    view.seen_by = call.say("welcome.hello_seen_by");
    if (own) {
        view.own_url = introduction_url(own->public_id);
    } else {
        add_greeters(call, view);
        auto patience = talk::Patience::stay;
        if (call.failed(say_hello_pattern))
            static_cast<void>(web::forms::read(std::string(call.form.text("patience")), patience));
        view.wait = talk::new_wait_view(call, patience, false);
    }
    return web::respond(call, view, {.title = call.say("welcome.say_hello")});
}

Outcome act_say_hello(Call& call) {
    auto form = checked_form(call);
    return Outcome::deed([&call, form = std::move(form)](database::Write& write) {
        auto const own = own_introduction(write, call.viewer());
        if (!own)
            return web::done(call, introduction_url(begin(call, write, form)),
                             "welcome.said_hello");
        change_introduction(write, own->id, form.body,
                            render_markdown(form.body, MarkdownKind::comment));
        return web::done(call, introduction_url(own->public_id), "welcome.said_changed");
    });
}

Answer show_introduction(Call& call) {
    auto const row = visible_introduction(call, call.read());
    IntroductionPage view;
    view.id = row.public_id;
    view.title = call.say("welcome.hello_of", {{"name", row.author_name}});
    view.author =
        members::make_card(row.author_id, row.author_name, row.author_role, row.author_has_avatar);
    if (!row.author_has_page) view.author.url.clear();
    view.seen_by = call.say("welcome.hello_seen_by");
    view.body.text = row.html;
    view.written_at = row.written_at;
    view.own = call.viewer().is(row.author);
    if (!view.own) {
        view.distance_url = distance::distance_url(call, row.author_id, row.author_name, "/");
        view.folded =
            distance::folded_people(call.read(), call.viewer(), {row.author}).why(row.author);
    } else {
        view.greeter = row.greeter_name;
        view.change_url = say_hello_pattern;
        view.withdraw_url = introduction_url(row.public_id) + "/withdraw";
        view.wait =
            talk::wait_view(call, row.discussion, introduction_url(row.public_id) + "/patience");
    }
    view.comments = talk::comments_view(call, row.discussion, hello_comments_pattern);
    web::Head head{.title = view.title};
    head.live_url = view.comments->live_url;
    return web::respond(call, view, std::move(head));
}

Outcome act_hello_comment(Call& call) {
    auto const row = visible_introduction(call, call.read());
    return talk::post_comment(call, row.discussion);
}

Outcome act_hello_patience(Call& call) {
    auto const form = web::read_form<talk::PatienceForm>(call.form);
    return Outcome::deed([&call, form](database::Write& write) {
        auto const row = introduction_to_change(call, write);
        talk::choose_patience(call.site, write, row.discussion, form.patience);
        web::untell(write, call.site, talk::waits_notice, row.discussion_id.text());
        return web::done(call, introduction_url(row.public_id), "welcome.said_patience");
    });
}

Outcome act_withdraw_hello(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const row = introduction_to_change(call, write);
        talk::end_waiting(call.site, write, row.discussion);
        talk::set_audience(write, row.discussion, talk::Audience::nobody, false);
        web::untell(write, call.site, talk::waits_notice, row.discussion_id.text());
        web::untell(write, call.site, asked_notice, row.public_id.text());
        delete_introduction(write, row.id);
        return web::done(call, "/", "welcome.said_withdrawn");
    });
}

web::Unanswered unanswered_introductions() {
    return {waiting_kind,
            [](Call& call) {
                std::vector<web::WaitingWords> words;
                for (auto& row : waiting_introductions(call.read(), call.viewer())) {
                    auto title = call.say("welcome.hello_of", {{"name", row.author_name}});
                    words.push_back({std::move(title),
                                     introduction_url(row.public_id),
                                     std::move(row.author_name),
                                     {},
                                     row.written_at});
                }
                return words;
            },
            [](database::Read& read, PublicId const& discussion) -> std::optional<web::FirstWords> {
                auto const row = introduction_of(read, Viewer::server(), discussion);
                if (!row) return std::nullopt;
                return web::FirstWords{{}, {}, row->html, introduction_url(row->public_id)};
            }};
}

}  // namespace kith::welcome
