#include "members/erasure.hpp"

#include "base/limits.hpp"
#include "database/migrator.hpp"
#include "members/account_deeds.hpp"
#include "members/erasure_store.hpp"
#include "members/house_links.hpp"
#include "members/invitations_store.hpp"
#include "members/member_mail.hpp"
#include "members/profiles_store.hpp"
#include "members/sessions.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view erase_path = "/settings/erase";

MemberRow self(Call const& call, database::Read& read) {
    auto member = member_by_id(read, call.viewer(), call.viewer().member);
    if (!member) throw Refusal::not_found();
    return *std::move(member);
}

Answer show_erase(Call& call) {
    ErasePage view;
    view.erase_at = erased_from(call.read(), call.viewer());
    view.last_host = is_last_host(call.read(), call.viewer(), self(call, call.read()));
    view.fresh = is_fresh(call);
    view.again_url = again_url(erase_path);
    return respond(call, view, {.title = call.say("members.erase"), .place = web::Place::you});
}

Outcome act_erase(Call& call) {
    require_not_recovered(call);
    return Outcome::deed([&call](database::Write& write) {
        auto const member = self(call, write);
        if (member.state != MemberState::active) throw Refusal::conflict("members.being_erased");
        if (is_last_host(write, call.viewer(), member))
            throw Refusal::conflict("members.last_host");
        begin_erasing(call.site, write, member.id, call.now() + limits::erasure_grace);
        note_deed(call.site, write, call.viewer(), "erasure asked", member.id);
        // Someone else at this keyboard may have pressed it.
        mail_change(call.site, write, *account_of(write, call.viewer(), member.id));
        auto answer = web::done(call, "/", "members.said_erasing");
        clear_session_cookie(call.site, answer);
        return answer;
    });
}

Outcome act_come_back(Call& call) {
    return Outcome::deed([&call](database::Write& write) {
        if (!come_back(write, call.viewer().member)) throw Refusal::not_found();
        note_deed(call.site, write, call.viewer(), "erasure taken back", call.viewer().member);
        return web::done(call, "/", "members.said_came_back");
    });
}

}  // namespace

void erase_member(web::Site& site, Id<Member> member) {
    site.database.write_now([&](database::Write& write) {
        // Looked at again within the deed: they may have come back this moment.
        auto const row = member_by_id(write, Viewer::server(), member);
        if (!row || row->state != MemberState::erasing) return;
        set_avatar(write, member, std::nullopt);
        for (auto const& erase : site.erasures) erase(write, member);
        forget_invitation_of(write, member);
        end_streams_after(site, write, member);
        wipe_member(write, member, PublicId::make(site.random));
        note_deed(site, write, Viewer::server(), "erased", member);
    });
}

void erase_due_members(web::Site& site, std::string const&) {
    // A newer node may keep what this one doesn't know of: that one erases.
    if (site.database.read(database::steps_done) > site.steps_known) return;
    auto const due = site.database.read(
        [&](database::Read& read) { return members_to_erase(read, Viewer::server(), site.now()); });
    std::exception_ptr failed;
    for (auto const member : due) {
        try {
            erase_member(site, member);
        } catch (std::exception const&) {
            // One that fails keeps nobody else; the job is tried again for it.
            failed = std::current_exception();
        }
    }
    if (failed) std::rethrow_exception(failed);
}

std::vector<web::TodayCard> erasure_cards(Call& call) {
    auto const at = erased_from(call.read(), call.viewer());
    if (!at) return {};
    return {{call.say("members.today_erasing"),
             {call.say("members.today_erasing_line", {{"at", *at}})},
             std::string(erase_path),
             call.say("members.come_back")}};
}

std::vector<web::Route> erasure_routes() {
    return {
        web::get<ErasePage>(erase_path, Access::member, show_erase),
        before_agreement(freshly_signed_in(
            web::post<web::NoFields>(erase_path, Access::member, act_erase, show_erase))),
        before_agreement(web::post<web::NoFields>("/settings/erase/come-back", Access::member,
                                                  act_come_back, show_erase)),
    };
}

}  // namespace kith::members
