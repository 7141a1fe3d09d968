#include "members/profile_settings.hpp"

#include "base/limits.hpp"
#include "members/members.hpp"
#include "members/profile.hpp"
#include "members/profiles_store.hpp"
#include "web/new_file.hpp"
#include "web/picture.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view profile_path = "/settings/profile";
constexpr std::string_view hide_path = "/settings/profile/hide";
constexpr std::string_view picture_path = "/settings/profile/picture";
constexpr std::string_view remove_path = "/settings/profile/picture/remove";

MemberRow self(Call& call) {
    auto member = member_by_id(call.read(), call.viewer(), call.viewer().member);
    if (!member) throw Refusal::not_found();
    return *std::move(member);
}

Answer show_settings(Call& call) {
    auto const member = self(call);
    ProfileSettingsPage view;
    view.member = make_card(member.public_id, member.name, member.role, member.avatar.has_value());
    view.name = call.field(profile_path, "name", member.name);
    view.pronouns = call.field(profile_path, "pronouns", member.pronouns);
    view.about = call.field(profile_path, "about", member.about);
    view.listed = call.failed(profile_path) ? call.form.find("listed") != nullptr : member.listed;
    view.leads = member.role != Role::member;
    view.picture = {"", call.field(picture_path, "picture").mistake};
    view.seen_by = profile_audience(call, member, is_author(call.read(), call.viewer(), member.id));
    return respond(call, view,
                   {.title = call.say("members.profile_settings"), .place = web::Place::you});
}

Outcome act_settings(Call& call) {
    auto const form = web::read_form<ProfileForm>(call.form);
    web::Mistakes mistakes;
    mistakes.required("name", form.name).max("name", form.name, limits::name_characters_max);
    mistakes.max("pronouns", form.pronouns, limits::pronouns_characters_max);
    mistakes.max("about", form.about, limits::about_characters_max);
    mistakes.throw_if_any();
    OwnWords const words{web::trimmed(form.name), web::trimmed(form.pronouns),
                         web::trimmed(form.about), form.listed};
    return Outcome::deed([&call, words](database::Write& write) {
        set_own_words(write, call.viewer().member, words);
        return web::done(call, std::string(profile_path), "members.said_profile");
    });
}

/// Off the list of people in one press; all else of the profile stays.
Outcome act_hide(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        auto row = member_by_id(write, call.viewer(), call.viewer().member);
        if (!row) throw Refusal::not_found();
        set_own_words(write, row->id,
                      {std::move(row->name), std::move(row->pronouns), std::move(row->about),
                       /*listed=*/false});
        return web::done(call, std::string(profile_path), "members.said_hidden");
    });
}

Outcome act_picture(Call& call) {
    auto const* file = call.form.file("picture");
    web::Mistakes mistakes;
    mistakes.require(file != nullptr && !file->bytes.empty(), "picture", "members.picture_none");
    mistakes.throw_if_any();
    return Outcome::slow(web::Pool::files, [&call, bytes = file->bytes] {
        auto const worker = web::PictureWorker::of(call.site.settings.picture_worker);
        auto const picture = web::accept_picture(worker, bytes, web::PictureSize::avatar());
        // The store puts the dot itself.
        web::NewFile const file(call.site.files, picture.bytes, picture.extension().substr(1));
        return Outcome::deed([&call, file](database::Write& write) {
            set_avatar(write, call.viewer().member, file.name());
            file.keep_after(write);
            return web::done(call, std::string(profile_path), "members.said_picture");
        });
    });
}

Outcome act_remove_picture(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        set_avatar(write, call.viewer().member, std::nullopt);
        return web::done(call, std::string(profile_path), "members.said_picture_removed");
    });
}

}  // namespace

std::vector<web::Route> profile_settings_routes() {
    return {
        web::get<ProfileSettingsPage>(profile_path, Access::member, show_settings),
        before_agreement(
            web::post<ProfileForm>(profile_path, Access::member, act_settings, show_settings)),
        before_agreement(
            web::post<web::NoFields>(hide_path, Access::member, act_hide, show_settings)),
        before_agreement(limited(with_uploads(web::post<web::NoFields>(picture_path, Access::member,
                                                                       act_picture, show_settings)),
                                 {limits::profile_pictures_max, limits::profile_pictures_time})),
        before_agreement(web::post<web::NoFields>(remove_path, Access::member, act_remove_picture,
                                                  show_settings)),
    };
}

}  // namespace kith::members
