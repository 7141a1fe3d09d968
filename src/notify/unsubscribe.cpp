#include "notify/unsubscribe.hpp"

#include "base/limits.hpp"
#include "base/seal.hpp"
#include "notify/delivery.hpp"
#include "notify/notice_settings_store.hpp"
#include "notify/unsubscribe_store.hpp"
#include "web/respond.hpp"

namespace kith::notify {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view pattern = "/unsubscribe/{token}";
constexpr std::string_view purpose = "unsubscribe";

Id<Member> member_by_link(Call& call, database::Read& read) {
    auto const hash = call.site.seal.hash(purpose, call.parameter("token"));
    auto const member = member_of_link(read, call.viewer(), hash);
    if (!member) throw Refusal::not_found();
    return *member;
}

Answer page_for(Call& call, bool ended) {
    UnsubscribePage view;
    view.ended = ended;
    view.action = "/unsubscribe/" + call.parameter("token");
    web::Head head{.title = call.say("notify.unsubscribe_title")};
    head.alone = true;
    return web::respond(call, view, std::move(head));
}

Answer show_unsubscribe(Call& call) {
    auto const member = member_by_link(call, call.read());
    auto const told = told_member(call.read(), Viewer::server(), member);
    if (!told) throw Refusal::not_found();
    return page_for(call, !told->wishes().mail);
}

/// Whoever reads the mail may end it; a mail program does so by itself (RFC 8058), without any of
/// the member's cookies, and follows no redirection.
Outcome act_unsubscribe(Call& call) {
    static_cast<void>(member_by_link(call, call.read()));
    return Outcome::deed([&call](database::Write& write) {
        set_mail(write, member_by_link(call, write), false);
        call.lend(&write);
        auto answer = page_for(call, true);
        call.lend(nullptr);
        return answer;
    });
}

}  // namespace

std::string make_unsubscribe_url(database::Write& write, web::Site& site, Id<Member> member) {
    auto const token = make_token(site.random);
    add_unsubscribe_link(write, site.seal.hash(purpose, token), member, site.now());
    return site.settings.public_url + "/unsubscribe/" + token;
}

std::vector<web::Route> unsubscribe_routes() {
    return {
        web::get<UnsubscribePage>(pattern, Access::anyone, show_unsubscribe),
        web::limited(web::before_agreement(
                         web::post<web::NoFields>(pattern, Access::anyone, act_unsubscribe)),
                     {limits::unsubscribes_network_max, limits::unsubscribes_network_time}),
    };
}

}  // namespace kith::notify
