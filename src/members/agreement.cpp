#include "members/agreement.hpp"

#include "base/markdown.hpp"
#include "members/community.hpp"
#include "members/members.hpp"
#include "members/way_in.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

Answer show_agreement(Call& call) {
    auto const house = community(call.read());
    bool const member = call.viewer().signed_in();
    AgreementPage view;
    view.agreement = {render_markdown(house.agreement, MarkdownKind::essay)};
    view.version = house.agreement_version;
    view.asks = member && !call.visitor.agreement_accepted;
    view.accepted = member && call.visitor.agreement_accepted;
    view.then = call.then_path("");
    view.carried = carried_fields(call);
    return respond(call, view, {.title = call.say("members.agreement")});
}

Outcome act_accept(Call& call) {
    auto const form = web::read_form<AcceptForm>(call.form);
    return Outcome::deed([&call, form](database::Write& write) -> Answer {
        if (form.version != community(write).agreement_version)
            throw Refusal::conflict("members.agreement_changed");
        accept_agreement(write, call.viewer().member, form.version);
        if (!call.wants_json) {
            LentWrite const lent(call, write);
            if (auto resumed = web::resume(call, "refusal.agreed_title"))
                return *std::move(resumed);
        }
        return web::done(call, call.then_path(), "members.said_agreed");
    });
}

}  // namespace

web::AgreementWords agreement_words(Call& call) {
    auto const house = community(call.read());
    return {{render_markdown(house.agreement, MarkdownKind::essay)}, house.agreement_version};
}

std::vector<web::Route> agreement_routes() {
    return {
        web::get<AgreementPage>("/agreement", Access::anyone, show_agreement),
        before_agreement(
            web::post<AcceptForm>("/agreement", Access::member, act_accept, show_agreement)),
    };
}

}  // namespace kith::members
