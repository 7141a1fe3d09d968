// Leaving, which always works, and what keepers do with who is there.
#include "base/limits.hpp"
#include "circles/circle_handlers.hpp"
#include "circles/tell.hpp"
#include "web/respond.hpp"

namespace kith::circles {

using web::Call;
using web::Outcome;

namespace {

void take_out(Call& call, database::Write& write, CircleRow const& circle, Id<Member> member) {
    delete_member(write, circle.id, member);
    talk::dismiss(call.site, write, circle.group, member);
    forget_keeping(call.site, write, circle.public_id, member);
}

void keep_no_longer(Call& call, database::Write& write, CircleRow const& circle) {
    set_keeper(write, circle.id, call.viewer().member, false);
    forget_keeping(call.site, write, circle.public_id, call.viewer().member);
}

PersonRow other_person(Call const& call, database::Read& read, CircleRow const& circle) {
    auto person = person_in(read, call.viewer(), circle, call.id("member"));
    if (!person || call.viewer().is(person->member)) throw Refusal::not_found();
    return *std::move(person);
}

std::string members_url(CircleRow const& circle) {
    return circle_url(circle.public_id) + "/members";
}

}  // namespace

Outcome act_leave(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const circle = joined_circle(call, write);
        auto const after = after_leaving(write, call.viewer(), circle.id, Known::in_truth);
        take_out(call, write, circle, call.viewer().member);
        switch (after) {
            case After::others_keep: break;
            case After::longest_standing:
                static_cast<void>(give_to_longest_standing(write, circle.id));
                break;
            case After::nobody_can:
                close_circle(write, circle.id, call.now(), call.now() + limits::circle_closed_time);
                talk::close_group(write, circle.group);
                tell_of_closing(call.site, write, circle.named());
                break;
            case After::nobody_left: close_circle(write, circle.id, call.now(), call.now()); break;
        }
        return web::done(call, "/circles", "circles.said_left");
    });
}

Outcome act_name_keeper(Call& call) {
    auto const form = web::read_form<KeeperForm>(call.form);
    return Outcome::deed([&call, form](database::Write& write) {
        auto const circle = kept_open_circle(call, write);
        auto const person = other_person(call, write, circle);
        if (!may_keep(circle.kind, person.role)) throw Refusal::conflict("circles.guides_only");
        set_keeper(write, circle.id, person.member, true);
        if (form.hand_over) keep_no_longer(call, write, circle);
        return web::done(call, members_url(circle),
                         form.hand_over ? "circles.said_handed_over" : "circles.said_keeper");
    });
}

Outcome act_step_down(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const circle = kept_circle(call, write);
        auto const after = after_leaving(write, call.viewer(), circle.id, Known::to_viewer);
        if (after != After::others_keep) throw Refusal::conflict("circles.name_another_first");
        keep_no_longer(call, write, circle);
        return web::done(call, circle_url(circle.public_id), "circles.said_stepped_down");
    });
}

Outcome act_remove(Call& call) {
    auto const form = web::read_form<RemoveForm>(call.form);
    auto const reason = web::trimmed(form.reason);
    web::Mistakes mistakes;
    mistakes.required("reason", reason)
        .max("reason", reason, limits::decision_reason_characters_max);
    mistakes.throw_if_any();
    return Outcome::deed([&call, reason](database::Write& write) {
        auto const circle = kept_open_circle(call, write);
        auto const person = other_person(call, write, circle);
        take_out(call, write, circle, person.member);
        auto const removal = PublicId::make(call.site.random);
        insert_removal(write, removal, circle.id, person.member, reason, call.now());
        tell_removed(call.site, write, circle, person.member, removal);
        return web::done(call, members_url(circle), "circles.said_removed");
    });
}

Outcome act_put_away(Call& call) {
    auto const removal = call.id("removal");
    return Outcome::deed([&call, removal](database::Write& write) {
        if (!put_removal_away(write, call.viewer().member, removal)) throw Refusal::not_found();
        untell_removed(call.site, write, removal);
        return web::done(call, "/circles");
    });
}

Outcome act_close(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto const circle = kept_open_circle(call, write);
        close_circle(write, circle.id, call.now(), call.now() + limits::circle_closed_time);
        talk::close_group(write, circle.group);
        tell_of_closing(call.site, write, circle.named(), call.viewer().member);
        return web::done(call, circle_url(circle.public_id), "circles.said_closed");
    });
}

}  // namespace kith::circles
