// Coming in by oneself, or by asking: an open door, a few words, and what keepers say to them.
#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "circles/circle_handlers.hpp"
#include "circles/tell.hpp"
#include "web/respond.hpp"

namespace kith::circles {

using web::Answer;
using web::Call;
using web::Outcome;

namespace {

/// The agreement that was on the page is the one that holds.
void require_current(CircleRow const& circle, std::int64_t version) {
    if (version != circle.agreement_version) throw Refusal::conflict("circles.agreement_changed");
}

/// A circle that the viewer could come into: they aren't in it, and it isn't full.
CircleRow to_enter(Call const& call, database::Read& read) {
    auto circle = visible_circle(call, read);
    if (circle.member) throw Refusal::conflict("circles.in_already");
    if (circle.full) throw Refusal::conflict("circles.full");
    return circle;
}

bool takes_questions(CircleRow const& circle) {
    bool const open_but_removed = circle.joining == Joining::open && circle.removed;
    return circle.joining == Joining::asking || open_but_removed;
}

RequestRow waiting_request(Call const& call, database::Read& read, CircleRow const& circle) {
    auto request = find_request(read, call.viewer(), circle.id, call.id("request"));
    if (!request) throw Refusal::not_found();
    return *std::move(request);
}

}  // namespace

Outcome act_join(Call& call) {
    auto const form = web::read_form<EntryForm>(call.form);
    return Outcome::deed([&call, form](database::Write& write) {
        auto const circle = to_enter(call, write);
        if (circle.joining != Joining::open || circle.removed) throw Refusal::not_found();
        require_current(circle, form.agreement_version);
        let_in(call, write, circle, {call.viewer().member, form.agreement_version});
        return web::done(call, circle_url(circle.public_id), "circles.said_in");
    });
}

Outcome act_ask(Call& call) {
    auto form = web::read_form<AskForm>(call.form);
    form.words = web::trimmed(form.words);
    web::Mistakes mistakes;
    mistakes.required("words", form.words)
        .max("words", form.words, limits::circle_words_characters_max);
    mistakes.throw_if_any();
    return Outcome::deed([&call, form](database::Write& write) {
        auto const circle = to_enter(call, write);
        if (!takes_questions(circle)) throw Refusal::not_found();
        require_current(circle, form.agreement_version);
        // Whether it waits or was answered "not now", the same: see RequestState.
        if (circle.asked_at && call.now() < *circle.asked_at + limits::circle_ask_again_time)
            throw Refusal::conflict("circles.asked_already");
        put_request(write, {PublicId::make(call.site.random), circle.id, call.viewer().member,
                            form.words, form.agreement_version, call.now()});
        tell_of_asking(call.site, write, circle, call.viewer().member);
        return web::done(call, circle_url(circle.public_id), "circles.said_asked");
    });
}

Outcome act_take_back(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const circle = visible_circle(call, write);
        if (!circle.asked_at) throw Refusal::not_found();
        set_request_state(write, circle.id, call.viewer().member, RequestState::withdrawn);
        untell_asking(call.site, write, circle.public_id, call.viewer().member);
        return web::done(call, circle_url(circle.public_id), "circles.said_taken_back");
    });
}

Answer show_requests(Call& call) {
    auto const circle = kept_open_circle(call, call.read());
    RequestsPage view;
    view.circle_name = circle.name;
    view.circle_url = circle_url(circle.public_id);
    view.full = circle.full;
    for (auto const& row : requests_in(call.read(), call.viewer(), circle.id)) {
        RequestItem item;
        PersonRow const person{row.member,   row.member_id, row.name, row.role, row.has_avatar,
                               row.has_page, false,         {},       {}};
        item.id = row.public_id;
        item.person = person_view(call, person);
        item.words = row.words;
        item.asked_at = row.asked_at;
        auto const acts = view.circle_url + "/requests/" + row.public_id.text();
        item.let_in_url = acts + "/let-in";
        item.not_now_url = acts + "/not-now";
        view.items.push_back(std::move(item));
    }
    return web::respond(call, view,
                        {.title = call.say("circles.requests"), .place = web::Place::circles});
}

Outcome act_let_in(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const circle = kept_open_circle(call, write);
        auto const request = waiting_request(call, write, circle);
        let_in(call, write, circle, {request.member, request.agreed_version, true});
        tell_let_in(call.site, write, circle, request.member, call.viewer().member);
        return web::done(call, circle_url(circle.public_id) + "/requests", "circles.said_let_in");
    });
}

Outcome act_not_now(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const circle = kept_open_circle(call, write);
        auto const request = waiting_request(call, write, circle);
        set_request_state(write, circle.id, request.member, RequestState::not_now);
        untell_asking(call.site, write, circle.public_id, request.member);
        return web::done(call, circle_url(circle.public_id) + "/requests", "circles.said_not_now");
    });
}

Outcome act_accept(Call& call) {
    auto const form = web::read_form<EntryForm>(call.form);
    return Outcome::deed([&call, form](database::Write& write) {
        auto const circle = to_enter(call, write);
        if (!circle.invited) throw Refusal::not_found();
        require_current(circle, form.agreement_version);
        let_in(call, write, circle, {call.viewer().member, form.agreement_version, true});
        return web::done(call, circle_url(circle.public_id), "circles.said_in");
    });
}

Outcome act_ignore(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const circle = visible_circle(call, write);
        if (!circle.invited) throw Refusal::not_found();
        end_invitations(write, circle.id, call.viewer().member, "ignored");
        forget_invitations(call.site, write, circle.public_id, call.viewer().member);
        return web::done(call, "/circles", "circles.said_ignored");
    });
}

Answer show_link(Call& call) {
    auto const hash = call.site.seal.hash("circle invitation", call.parameter("token"));
    auto const id = circle_of_link(call.read(), call.viewer(), hash, call.now());
    auto const circle =
        find_circle(call.read(), Viewer::server(), id.value_or(PublicId()), call.now());
    if (!id || !circle) throw Refusal::not_found();
    InvitedPage view;
    view.name = circle->name;
    view.purpose = circle->purpose;
    view.kind_word = kind_word(call, circle->kind);
    view.shares = tag_lines(call, tags_of(call.read(), call.viewer(), circle->id));
    auto const keepers = keepers_of(call.read(), call.viewer(), *circle);
    view.led_by = led_by(call, keepers);
    for (auto const& keeper : keepers) view.keepers.push_back(person_view(call, keeper));
    auto const agreement = current_agreement(call.read(), call.viewer(), circle->id);
    view.agreement = {render_markdown(agreement.markdown, MarkdownKind::essay)};
    view.agreement_version = agreement.version;
    view.full = circle->full;
    view.post_url = "/circles/invitations/" + call.parameter("token") + "/accept";
    return web::respond(call, view, {.title = circle->name, .place = web::Place::circles});
}

Outcome act_use_link(Call& call) {
    auto const form = web::read_form<EntryForm>(call.form);
    return Outcome::deed([&call, form](database::Write& write) {
        auto const hash = call.site.seal.hash("circle invitation", call.parameter("token"));
        auto const id = circle_of_link(write, call.viewer(), hash, call.now());
        if (!id) throw Refusal::not_found();
        auto const own = find_circle(write, call.viewer(), *id, call.now());
        if (own && own->member) throw Refusal::conflict("circles.in_already");
        auto const circle = find_circle(write, Viewer::server(), *id, call.now());
        if (!circle) throw Refusal::not_found();
        require_current(*circle, form.agreement_version);
        let_in(call, write, *circle, {call.viewer().member, form.agreement_version});
        if (!use_link(write, hash, call.now())) throw Refusal::not_found();
        return web::done(call, circle_url(*id), "circles.said_in");
    });
}

}  // namespace kith::circles
