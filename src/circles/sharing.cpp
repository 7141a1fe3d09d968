#include "circles/circle_handlers.hpp"
#include "circles/sharing.hpp"
#include "circles/sharing_store.hpp"
#include "web/respond.hpp"

namespace kith::circles {

using web::Answer;
using web::Call;
using web::Outcome;

Answer show_sharing(Call& call) {
    auto const tags = own_tags(call.read(), call.viewer());
    bool const shown = shows_tags(call.read(), call.viewer());
    SharingPage view;
    view.culture = call.field(sharing_pattern, "culture", typed(tags, TagKind::culture));
    view.values = call.field(sharing_pattern, "values", typed(tags, TagKind::values));
    view.experiences =
        call.field(sharing_pattern, "experiences", typed(tags, TagKind::experiences));
    view.goals = call.field(sharing_pattern, "goals", typed(tags, TagKind::goals));
    view.shown = call.failed(sharing_pattern) ? call.form.find("shown") != nullptr : shown;
    view.seen_by = call.say(shown ? "circles.sharing_seen_circles" : "circles.sharing_seen_you");
    return web::respond(call, view,
                        {.title = call.say("circles.sharing"), .place = web::Place::you});
}

Outcome act_sharing(Call& call) {
    auto const form = web::read_form<SharingForm>(call.form);
    web::Mistakes mistakes;
    auto tags = tags_in(form, mistakes);
    mistakes.throw_if_any();
    return Outcome::deed([&call, tags = std::move(tags), form](database::Write& write) {
        keep_own_tags(write, call.viewer().member, tags, form.shown);
        return web::done(call, std::string(sharing_pattern), "circles.said_sharing");
    });
}

}  // namespace kith::circles
