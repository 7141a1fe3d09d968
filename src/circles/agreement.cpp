#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "circles/circle_handlers.hpp"
#include "members/way_in.hpp"
#include "web/refuse.hpp"
#include "web/respond.hpp"

namespace kith::circles {

using web::Answer;
using web::Call;
using web::Outcome;

namespace {

WordingView wording(AgreementRow const& row) {
    return {row.version, {render_markdown(row.markdown, MarkdownKind::essay)}, row.made_at};
}

}  // namespace

Answer show_agreement(Call& call) {
    auto const circle = visible_circle(call, call.read());
    auto const rows =
        agreements_of(call.read(), call.viewer(), circle.id, limits::circle_agreements_listed_max);
    CircleAgreementPage view;
    view.circle_name = circle.name;
    view.circle_url = circle_url(circle.public_id);
    view.post_url = view.circle_url + "/agreement";
    view.asks = circle.member && circle.agreed_version < circle.agreement_version;
    for (auto const& row : rows) {
        if (row.version == circle.agreement_version) {
            view.current = wording(row);
        } else if (circle.member) {
            view.earlier.push_back(wording(row));
        }
    }
    view.earlier_any = !view.earlier.empty();
    return web::respond(call, view,
                        {.title = call.say("circles.agreement"), .place = web::Place::circles});
}

Outcome act_agree(Call& call) {
    auto const form = web::read_form<AgreeForm>(call.form);
    return Outcome::deed([&call, form](database::Write& write) -> Answer {
        auto const circle = joined_circle(call, write);
        if (form.version != circle.agreement_version)
            throw Refusal::conflict("circles.agreement_changed");
        set_agreed(write, circle.id, call.viewer().member, form.version);
        if (!call.wants_json) {
            members::LentWrite const lent(call, write);
            if (auto resumed = web::resume(call)) return *std::move(resumed);
        }
        return web::done(call, circle_url(circle.public_id), "circles.said_agreed");
    });
}

}  // namespace kith::circles
