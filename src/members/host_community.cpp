#include "members/host_community.hpp"

#include "base/email.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "members/account_deeds.hpp"
#include "web/respond.hpp"
#include "web/zones.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view community_path = "/host/community";

/// The choices as they were sent, or as they are kept. What was typed is in the fields.
Community shown_choices(Call& call) {
    auto kept = community(call.read());
    if (!call.failed(community_path)) return kept;
    auto const ticked = [&](std::string_view name) { return call.form.find(name) != nullptr; };
    (void)web::forms::read(std::string(call.form.text("join_policy")), kept.join_policy);
    kept.members_may_invite = ticked("members_may_invite");
    kept.guests_may_comment = ticked("guests_may_comment");
    kept.hold_first_comments = ticked("hold_first_comments");
    kept.hold_links = ticked("hold_links");
    return kept;
}

Answer show_community(Call& call) {
    auto const house = shown_choices(call);
    CommunityPage view;
    view.name = call.field(community_path, "name", house.name);
    view.join_policy = house.join_policy;
    view.members_may_invite = house.members_may_invite;
    view.agreement = call.field(community_path, "agreement", house.agreement);
    view.agreement_version = house.agreement_version;
    view.language = call.field(community_path, "language", house.language);
    view.languages = language_options(call.site, view.language.value);
    view.zone = call.field(community_path, "zone", house.zone);
    view.zones = zone_options(view.zone.value);
    view.country = call.field(community_path, "country", house.country);
    view.country_has_lines = !help_lines(call.read(), house.country).empty();
    view.guests_may_comment = house.guests_may_comment;
    view.hold_first_comments = house.hold_first_comments;
    view.hold_links = house.hold_links;
    view.circle_size_max =
        call.field(community_path, "circle_size_max", std::to_string(house.circle_size_max));
    view.comment_edit_hours =
        call.field(community_path, "comment_edit_hours", std::to_string(house.comment_edit_hours));
    view.contact = call.field(community_path, "contact", house.contact);
    view.exit_url = call.site.settings.exit_url;
    return respond(call, view,
                   {.title = call.say("members.host_community"), .place = web::Place::host});
}

bool is_country(std::string_view text) {
    auto const capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    return text.size() == 2 && capital(text[0]) && capital(text[1]);
}

std::string upper_ascii(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
}

CommunityForm checked_form(Call& call) {
    auto form = web::read_form<CommunityForm>(call.form);
    form.name = trim(form.name);
    form.agreement = trim(form.agreement);
    form.country = upper_ascii(trim(form.country));
    form.contact = trim(form.contact);
    web::Mistakes mistakes;
    mistakes.required("name", form.name)
        .max("name", form.name, limits::community_name_characters_max);
    mistakes.required("agreement", form.agreement)
        .max_bytes("agreement", form.agreement, limits::agreement_bytes_max);
    mistakes.require(is_complete_language(call.site, form.language), "language",
                     "members.language_unknown");
    mistakes.require(web::is_zone(form.zone), "zone", "members.zone_unknown");
    mistakes.require(is_country(form.country), "country", "members.country_mistake");
    bool const size_fits = form.circle_size_max >= limits::circle_size_min &&
                           form.circle_size_max <= limits::circle_size_max;
    mistakes.require(size_fits, "circle_size_max", "members.circle_size_mistake");
    auto const hours = form.comment_edit_hours.value_or(0);
    mistakes.require(hours >= 0 && hours <= limits::comment_edit_hours_max, "comment_edit_hours",
                     "members.comment_edit_hours_mistake");
    mistakes.require(form.contact.empty() || valid_email(form.contact), "contact",
                     "members.email_mistake");
    mistakes.throw_if_any();
    return form;
}

Community changed(Community house, CommunityForm const& form) {
    house.name = form.name;
    house.join_policy = form.join_policy;
    house.members_may_invite = form.members_may_invite;
    house.agreement = form.agreement;
    house.language = form.language;
    house.zone = form.zone;
    house.country = form.country;
    house.guests_may_comment = form.guests_may_comment;
    house.hold_first_comments = form.hold_first_comments;
    house.hold_links = form.hold_links;
    house.circle_size_max = form.circle_size_max;
    house.comment_edit_hours = form.comment_edit_hours.value_or(house.comment_edit_hours);
    house.contact = form.contact;
    return house;
}

Outcome act_community(Call& call) {
    return Outcome::deed([&call, form = checked_form(call)](database::Write& write) {
        auto const house = community(write);
        if (form.agreement_version != house.agreement_version)
            throw Refusal::conflict("members.community_changed_meanwhile");
        change_community(write, changed(house, form));
        auto const version = community(write).agreement_version;
        // Whoever wrote the new words has read them.
        if (version != house.agreement_version)
            accept_agreement(write, call.viewer().member, version);
        note_deed(call.site, write, call.viewer(),
                  version == house.agreement_version ? "community changed" : "agreement changed",
                  call.viewer().member);
        return web::done(call, std::string(community_path), "members.said_community");
    });
}

}  // namespace

std::vector<web::Route> host_community_routes() {
    return {
        web::get<CommunityPage>(community_path, Access::host, show_community),
        web::post<CommunityForm>(community_path, Access::host, act_community, show_community),
    };
}

}  // namespace kith::members
