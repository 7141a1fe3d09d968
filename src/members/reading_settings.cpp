#include <algorithm>

#include "members/members.hpp"
#include "members/profile_settings.hpp"
#include "members/profiles_store.hpp"
#include "web/respond.hpp"
#include "web/zones.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view reading_path = "/settings/reading";

/// A language's name in itself: whoever can read it finds it.
std::string own_name(std::string const& language) {
    if (language == "en") return "English";
    if (language == "de") return "Deutsch";
    if (language == "ar") return "العربية";
    if (language == "es") return "Español";
    return language;
}

Theme theme_of(std::string_view kept) {
    if (kept == "light") return Theme::light;
    return kept == "dark" ? Theme::dark : Theme::device;
}

std::string kept_theme(Theme theme) {
    switch (theme) {
        case Theme::light: return "light";
        case Theme::dark: return "dark";
        case Theme::device: break;
    }
    return "";
}

Answer show_reading(Call& call) {
    auto const member = member_by_id(call.read(), call.viewer(), call.viewer().member);
    if (!member) throw Refusal::not_found();
    ReadingPage view;
    view.language = call.field(reading_path, "language", member->language);
    view.zone = call.field(reading_path, "zone", member->zone);
    view.languages = language_options(call.site, view.language.value);
    view.zones = zone_options(view.zone.value);
    bool const failed = call.failed(reading_path);
    view.theme = theme_of(failed ? call.form.text("theme") : member->theme);
    view.plain_letters =
        failed ? call.form.find("plain_letters") != nullptr : member->plain_letters;
    view.discreet = failed ? call.form.find("discreet") != nullptr : member->discreet;
    return respond(call, view, {.title = call.say("members.reading"), .place = web::Place::you});
}

Outcome act_reading(Call& call) {
    auto const form = web::read_form<ReadingForm>(call.form);
    web::Mistakes mistakes;
    mistakes.require(form.language.empty() || is_complete_language(call.site, form.language),
                     "language", "members.language_unknown");
    mistakes.require(form.zone.empty() || web::is_zone(form.zone), "zone", "members.zone_unknown");
    mistakes.throw_if_any();
    ReadingWishes const wishes{form.language, form.zone, kept_theme(form.theme), form.plain_letters,
                               form.discreet};
    return Outcome::deed([&call, wishes](database::Write& write) {
        set_reading(write, call.viewer().member, wishes);
        return web::done(call, std::string(reading_path), "members.said_reading");
    });
}

}  // namespace

bool is_complete_language(web::Site const& site, std::string_view language) {
    auto const& all = site.words.languages();
    return language == "en" ||
           (std::ranges::find(all, language) != all.end() && site.words.missing(language).empty());
}

std::vector<Option> language_options(web::Site const& site, std::string_view chosen) {
    std::vector<Option> options;
    for (auto const& language : site.words.languages())
        if (is_complete_language(site, language))
            options.push_back({language, own_name(language), language == chosen});
    return options;
}

std::vector<Option> zone_options(std::string_view chosen) {
    std::vector<Option> options;
    for (auto const& zone : web::all_zones()) {
        auto label = zone;
        for (auto& c : label)
            if (c == '_') c = ' ';
        options.push_back({zone, std::move(label), zone == chosen});
    }
    return options;
}

std::vector<web::Route> reading_routes() {
    return {
        web::get<ReadingPage>(reading_path, Access::member, show_reading),
        before_agreement(
            web::post<ReadingForm>(reading_path, Access::member, act_reading, show_reading)),
    };
}

}  // namespace kith::members
