#include "members/copy.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "members/account_deeds.hpp"
#include "members/community.hpp"
#include "members/house_links.hpp"
#include "members/invitations_store.hpp"
#include "members/zip.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view copy_path = "/settings/copy";

Answer show_copy(Call& call) {
    CopyPage const view{is_fresh(call), again_url(copy_path)};
    return respond(call, view, {.title = call.say("members.copy"), .place = web::Place::you});
}

/// A name that a bystander may read: it says nothing of the community.
std::string file_name(Time now) {
    std::chrono::year_month_day const day{std::chrono::floor<std::chrono::days>(now)};
    auto const two = [](unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return "copy-" + std::to_string(static_cast<int>(day.year())) + "-" +
           two(static_cast<unsigned>(day.month())) + "-" + two(static_cast<unsigned>(day.day())) +
           ".zip";
}

Outcome act_copy(Call& call) {
    require_not_recovered(call);
    auto& site = call.site;
    site.rates.require("copy", call.actor(), limits::copies_max, limits::copies_time);
    web::Archive archive;
    for (auto const& export_for : site.exports)
        export_for(site, call.read(), call.viewer().member, archive);
    return Outcome::slow(web::Pool::files, [&call, archive = std::move(archive)] {
        auto answer = web::raw("application/zip", zip_of(call.site, archive, call.language));
        answer.headers.emplace_back("content-disposition",
                                    "attachment; filename=\"" + file_name(call.now()) + "\"");
        return Outcome::deed([&call, answer](database::Write& write) {
            note_deed(call.site, write, call.viewer(), "copy taken", call.viewer().member);
            return answer;
        });
    });
}

std::string index_of(web::Site& site, web::Archive const& archive, std::string_view language) {
    auto const title = escape_html(site.words.say(language, "members.copy_index"));
    auto const lead = escape_html(site.words.say(language, "members.copy_index_lead"));
    std::string page = "<!doctype html><html lang=\"" + std::string(language) +
                       "\"><meta charset=\"utf-8\"><title>" + title + "</title><h1>" + title +
                       "</h1><p>" + lead + "</p><ul>";
    for (auto const& entry : archive.entries()) {
        auto const name = escape_html(entry.name);
        page.append("<li><a href=\"").append(name).append("\">");
        page.append(name).append("</a></li>");
    }
    return page + "</ul></html>";
}

}  // namespace

std::string zip_of(web::Site& site, web::Archive const& archive, std::string_view language) {
    try {
        ZipWriter zip(site.now());
        zip.add("index.html", index_of(site, archive, language));
        for (auto const& entry : archive.entries()) zip.add(entry.name, entry.bytes);
        return zip.finish();
    } catch (std::length_error const&) {
        throw Refusal::too_large("members.copy_too_large");
    }
}

void export_profile(web::Site& site, database::Read& read, Id<Member> member,
                    web::Archive& archive) {
    auto const row = member_by_id(read, Viewer::server(), member);
    if (!row) return;
    ExportedProfile view{row->name,          row->pronouns, row->about,     row->role,
                         row->listed,        row->language, row->zone,      row->theme,
                         row->plain_letters, row->discreet, row->joined_at, row->agreement_version,
                         std::nullopt};
    if (auto bytes = row->avatar ? site.files.get(*row->avatar) : std::nullopt) {
        view.picture = "picture" + row->avatar->substr(row->avatar->find('.'));
        archive.add_file(*view.picture, *std::move(bytes));
    }
    auto const language = row->language.empty() ? community(read).language : row->language;
    archive.add("profile", site.words.say(language, "members.profile_settings"), view);
    ExportedInvitations invitations;
    for (auto const& invitation : invitations_by(read, {member, row->role}))
        invitations.invitations.push_back(
            {invitation.note, invitation.made_at, invitation.used_at.has_value()});
    archive.add("invitations", site.words.say(language, "members.invitations"), invitations);
}

std::vector<web::Route> copy_routes() {
    return {
        web::get<CopyPage>(copy_path, Access::member, show_copy),
        before_agreement(freshly_signed_in(
            web::post<web::NoFields>(copy_path, Access::member, act_copy, show_copy))),
    };
}

}  // namespace kith::members
