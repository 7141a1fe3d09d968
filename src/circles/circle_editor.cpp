#include "base/limits.hpp"
#include "circles/circle_handlers.hpp"
#include "circles/making.hpp"
#include "circles/tell.hpp"
#include "members/community.hpp"
#include "web/respond.hpp"

namespace kith::circles {

using web::Answer;
using web::Call;
using web::Outcome;

namespace {

/// What the form begins with, or as it was sent.
struct Begin {
    std::string_view pattern;
    CircleForm form;
};

void fill_choices(Call const& call, Begin const& begin, CircleEditorPage& view) {
    view.kind = begin.form.kind;
    view.listing = begin.form.listing;
    view.joining = begin.form.joining;
    view.history_open = begin.form.history_open;
    if (!call.failed(begin.pattern)) return;
    auto const sent = [&](std::string_view name) { return std::string(call.form.text(name)); };
    static_cast<void>(web::forms::read(sent("kind"), view.kind));
    static_cast<void>(web::forms::read(sent("listing"), view.listing));
    static_cast<void>(web::forms::read(sent("joining"), view.joining));
    view.history_open = call.form.find("history_open") != nullptr;
}

CircleEditorPage editor(Call const& call, Begin const& begin) {
    CircleEditorPage view;
    auto const& form = begin.form;
    auto const field = [&](std::string const& name, std::string value) {
        return call.field(begin.pattern, name, std::move(value));
    };
    view.name = field("name", form.name);
    view.purpose = field("purpose", form.purpose);
    view.size_max = field("size_max", std::to_string(form.size_max));
    view.culture = field("culture", form.culture);
    view.values = field("values", form.values);
    view.experiences = field("experiences", form.experiences);
    view.goals = field("goals", form.goals);
    view.agreement = field("agreement", form.agreement);
    view.agreement_version = form.agreement_version;
    view.size_ceiling = members::community(call.read()).circle_size_max;
    view.may_guide = may_keep(CircleKind::therapy, call.viewer().role);
    fill_choices(call, begin, view);
    return view;
}

/// A circle of a kind that the viewer may not keep isn't theirs to make.
void require_may_keep(Call const& call, CircleKind kind) {
    if (may_keep(kind, call.viewer().role)) return;
    throw Refusal::mistakes({{"kind", "circles.guides_only"}});
}

CircleForm form_of(Call const& call, CircleRow const& circle) {
    CircleForm form;
    auto const tags = tags_of(call.read(), call.viewer(), circle.id);
    form.name = circle.name;
    form.purpose = circle.purpose;
    form.kind = circle.kind;
    form.size_max = circle.size_max;
    form.listing = circle.listing;
    form.joining = circle.joining;
    form.history_open = circle.history_open;
    form.culture = typed(tags, TagKind::culture);
    form.values = typed(tags, TagKind::values);
    form.experiences = typed(tags, TagKind::experiences);
    form.goals = typed(tags, TagKind::goals);
    form.agreement = current_agreement(call.read(), call.viewer(), circle.id).markdown;
    form.agreement_version = circle.agreement_version;
    return form;
}

/// A new wording is the next version; whoever wrote it has read it.
std::int64_t keep_agreement(Call& call, database::Write& write, CircleRow const& circle,
                            CircleForm const& form) {
    if (form.agreement_version != circle.agreement_version)
        throw Refusal::conflict("circles.changed_meanwhile");
    auto const current = current_agreement(write, call.viewer(), circle.id);
    if (current.markdown == form.agreement) return current.version;
    insert_agreement(write, circle.id, {current.version + 1, form.agreement, call.now()});
    set_agreed(write, circle.id, call.viewer().member, current.version + 1);
    return current.version + 1;
}

}  // namespace

Answer show_new(Call& call) {
    auto const ceiling = members::community(call.read()).circle_size_max;
    CircleForm form;
    form.size_max = std::min(limits::circle_size_default, ceiling);
    form.agreement = call.say("circles.first_agreement");
    auto view = editor(call, {new_pattern, std::move(form)});
    view.heading = call.say("circles.make");
    view.post_url = new_pattern;
    view.back_url = "/circles";
    view.seen_by = call.say("circles.new_seen_by");
    return web::respond(call, view, {.title = view.heading, .place = web::Place::circles});
}

Outcome act_new(Call& call) {
    auto const ceiling = members::community(call.read()).circle_size_max;
    auto words = check_circle(web::read_form<CircleForm>(call.form), ceiling);
    require_may_keep(call, words.form.kind);
    return Outcome::deed([&call, words = std::move(words)](database::Write& write) {
        auto const self = call.viewer().member;
        if (count_circles(write, call.viewer()) >=
            static_cast<std::int64_t>(limits::circles_of_member_max))
            throw Refusal::conflict("circles.too_many_circles");
        auto const place = make_circle(call.site, write, self, words, call.now());
        return web::done(call, circle_url(place.public_id), "circles.said_made");
    });
}

Answer show_settings(Call& call) {
    auto const circle = kept_open_circle(call, call.read());
    auto view = editor(call, {settings_pattern, form_of(call, circle)});
    auto const url = circle_url(circle.public_id);
    view.is_new = false;
    view.heading = call.say("circles.settings");
    view.post_url = url + "/settings";
    view.back_url = url;
    view.seen_by = seen_by_circle(call, circle);
    view.close_url = url + "/close";
    bool const others = after_leaving(call.read(), call.viewer(), circle.id, Known::to_viewer) ==
                        After::others_keep;
    if (others) view.step_down_url = url + "/step-down";
    return web::respond(call, view, {.title = view.heading, .place = web::Place::circles});
}

Outcome act_settings(Call& call) {
    auto const circle = kept_open_circle(call, call.read());
    auto const house = members::community(call.read());
    // What the host allows now doesn't shrink what is there already.
    auto const ceiling = std::max(house.circle_size_max, circle.size_max);
    auto words = check_circle(web::read_form<CircleForm>(call.form), ceiling);
    if (words.form.kind != circle.kind) require_may_keep(call, words.form.kind);
    return Outcome::deed([&call, words = std::move(words)](database::Write& write) {
        auto const now_is = kept_open_circle(call, write);
        auto const version = keep_agreement(call, write, now_is, words.form);
        bool const small = now_is.small && words.form.size_max <= limits::circle_small_max;
        update_circle(write, now_is.id, words, version, small);
        if (version != now_is.agreement_version)
            tell_of_agreement(call.site, write, now_is.named(), call.viewer().member);
        if (now_is.small && !small)
            talk::set_group_size(write, now_is.group, talk::GroupSize::large);
        return web::done(call, circle_url(now_is.public_id), "circles.said_saved");
    });
}

}  // namespace kith::circles
