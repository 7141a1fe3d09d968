#include "bonds/hello_store.hpp"

#include "bonds/bond_call.hpp"
#include "bonds/bond_views.hpp"
#include "bonds/limits.hpp"
#include "bonds/pace.hpp"
#include "database/jobs.hpp"
#include "web/respond.hpp"

namespace kith::bonds {
namespace {

using web::Access;
using web::Call;
using web::Outcome;

HelloForm checked_form(Call& call) {
    auto form = web::read_form<HelloForm>(call.form);
    form.words = web::trimmed(form.words);
    web::Mistakes mistakes;
    mistakes.required("words", form.words).max("words", form.words, limits::hello_characters_max);
    mistakes.throw_if_any();
    return form;
}

Outcome act_hello(Call& call) {
    return Outcome::deed([&call, form = checked_form(call)](database::Write& write) {
        auto const other = asked_other(call, write);
        auto const last = last_hello(write, call.viewer(), other.member);
        auto const known = known_as(call, write, other, std::nullopt);
        auto const deliver_at = delivered_at(write, call.viewer(), other.member, call.now());
        auto const unsend_by = unsend_until(write, call.viewer(), call.now());
        // Closed is closed, whyever.
        if (other.between < Step::hello) throw Refusal::conflict("bonds.hello_closed");
        if (last && last->at + limits::hello_time > call.now()) {
            // Sent twice, it is one.
            if (last->words == form.words)
                return web::done(call, bond_url(call), "bonds.said_hello");
            throw Refusal::conflict("bonds.hello_week");
        }
        HelloToAdd note;
        note.public_id = PublicId::make(call.site.random);
        note.to = other.member;
        note.name = known.name;
        note.words = form.words;
        note.at = call.now();
        note.unsend_until = unsend_by;
        note.deliver_at = deliver_at;
        auto const id = add_hello(write, call.viewer(), note);
        database::enqueue(write, std::string(deliver_hello_job), std::to_string(id.value),
                          deliver_at);
        return web::done(call, bond_url(call), "bonds.said_hello");
    });
}

Outcome act_unsend(Call& call) {
    auto const form = web::read_form<UnsendForm>(call.form);
    auto const note = PublicId::parse(form.note);
    return Outcome::deed([&call, note](database::Write& write) {
        static_cast<void>(asked_other(call, write));
        if (!note || !take_hello_back(write, call.viewer(), *note, call.now()))
            throw Refusal::conflict("bonds.hello_gone");
        return web::done(call, bond_url(call), "bonds.said_hello_back");
    });
}

}  // namespace

std::vector<web::Route> hello_routes() {
    constexpr web::Rate rate{limits::deeds_max, limits::deeds_time};
    return {
        limited(
            web::post<HelloForm>("/members/{id}/bond/hello", Access::member, act_hello, show_bond),
            rate),
        before_agreement(limited(
            web::post<UnsendForm>("/members/{id}/bond/hello/take-back", Access::member, act_unsend),
            rate)),
    };
}

}  // namespace kith::bonds
