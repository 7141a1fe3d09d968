#include "members/join.hpp"

#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "base/text.hpp"
#include "members/member_mail.hpp"
#include "members/password.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view join_path = "/join";
constexpr std::string_view invited_path = "/join/{token}";
constexpr std::string_view asked_path = "/join/asked/{token}";
constexpr std::string_view asked_in_path = "/join/asked/{token}/come-in";

Door door_of(Community const& community) {
    switch (community.join_policy) {
        case JoinPolicy::open: return Door::open;
        case JoinPolicy::request: return Door::asking;
        case JoinPolicy::invitation: break;
    }
    return Door::closed;
}

Answer join_page(Call& call, std::string_view post_pattern, Door door, bool invitation_ended) {
    auto const house = community(call.read());
    JoinPage view;
    view.door = door;
    view.action = invitation_ended ? std::string(join_path) : call.path;
    view.name = call.field(post_pattern, "name");
    view.pronouns = call.field(post_pattern, "pronouns");
    view.email = call.field(post_pattern, "email");
    view.password = {"", call.field(post_pattern, "password").mistake};
    view.words = call.field(post_pattern, "words");
    view.agree = call.field(post_pattern, "agree");
    view.agreement = {render_markdown(house.agreement, MarkdownKind::essay)};
    view.agreement_version = house.agreement_version;
    view.own_device = device_of(call) == Device::own;
    view.invitation_ended = invitation_ended;
    web::Head head{.title = call.say("members.join")};
    head.alone = true;
    head.status = invitation_ended ? 404 : 200;
    return respond(call, view, std::move(head));
}

Answer show_join(Call& call) {
    if (call.viewer().signed_in()) return web::done(call, "/");
    return join_page(call, join_path, door_of(community(call.read())), false);
}

Answer show_invited(Call& call) {
    if (call.viewer().signed_in()) return web::done(call, "/");
    bool const fine = find_invitation(call.site, call.read(), call.parameter("token")).has_value();
    return join_page(call, invited_path, fine ? Door::invited : door_of(community(call.read())),
                     !fine);
}

Joining joining_of(Call const& call, JoinForm const& form,
                   std::optional<std::string> password_hash) {
    Joining joining;
    joining.name = trim(form.name);
    joining.pronouns = trim(form.pronouns);
    joining.words = trim(form.words);
    if (auto const email = trim(form.email); !email.empty()) joining.email = lower_ascii(email);
    joining.password_hash = std::move(password_hash);
    joining.language = call.language;
    joining.agreement_version = form.agreement_version;
    return joining;
}

NewMember newcomer_of(Call& call, Joining const& joining, std::optional<Id<Member>> invited_by) {
    NewMember newcomer{.public_id = PublicId::make(call.site.random), .name = joining.name};
    newcomer.pronouns = joining.pronouns;
    newcomer.email = joining.email;
    newcomer.password_hash = joining.password_hash;
    newcomer.language = joining.language;
    newcomer.joined_at = call.now();
    newcomer.agreement_version = joining.agreement_version;
    newcomer.invited_by = invited_by;
    return newcomer;
}

/// Signs the new member in. Who could be locked out by a mistyped address gets recovery codes.
Answer welcome(Call& call, database::Write& write, Id<Member> member, Joining const& joining,
               Id<web::SignInSession> previous) {
    ComingIn const coming{member, Way::join, device_of(call), previous};
    if (joining.email)
        mail_link(call.site, write, *account_of(write, Viewer::server(), member),
                  LinkPurpose::confirm_email, *joining.email);
    if (joining.email && joining.password_hash) return come_in(call, write, coming, "/");
    auto const begun = begin_session(call, write, coming);
    auto codes = make_recovery_codes(call.site, write, member);
    auto answer = show_recovery_codes(call, write, std::move(codes), true);
    give_cookies(call, answer, begun, coming.device);
    return answer;
}

/// The last step, whatever the door: one deed.
Answer let_in(Call& call, database::Write& write, Door door, Joining const& joining,
              Id<web::SignInSession> previous) {
    auto const house = community(write);
    if (joining.agreement_version != house.agreement_version)
        throw Refusal::mistakes({{"agree", "members.agreement_changed"}});
    if (door == Door::invited) {
        auto const& token = call.parameter("token");
        auto const inviter = find_invitation(call.site, write, token);
        if (!inviter) throw Refusal::conflict("members.invitation_ended");
        auto const member = add_member(write, newcomer_of(call, joining, inviter));
        if (!use_invitation(call.site, write, token, member))
            throw Refusal::conflict("members.invitation_ended");
        return welcome(call, write, member, joining, previous);
    }
    if (door_of(house) != door) throw Refusal::conflict("members.door_closed");
    if (door == Door::asking)
        return web::done(call, "/join/asked/" + ask_to_join(call.site, write, joining));
    return welcome(call, write, add_member(write, newcomer_of(call, joining, std::nullopt)),
                   joining, previous);
}

Outcome join_by(Call& call, Door door) {
    auto const form = web::read_form<JoinForm>(call.form);
    web::Mistakes mistakes;
    check_joining(mistakes, form, door);
    if (!form.password.empty()) {
        PasswordContext const context{{form.name, form.email, community(call.read()).name}};
        if (auto const wrong = password_mistake(form.password, context))
            mistakes.add("password", *wrong);
    }
    mistakes.throw_if_any();
    call.site.rates.require("join", call.actor(), limits::joins_network_max,
                            limits::joins_network_time);
    auto const previous = call.visitor.session;
    auto const deed = [&call, door, form, previous](std::optional<std::string> hash) {
        return Outcome::deed(
            [&call, door, previous, joining = joining_of(call, form, std::move(hash))](
                database::Write& write) { return let_in(call, write, door, joining, previous); });
    };
    if (form.password.empty()) return deed(std::nullopt);
    return Outcome::slow(web::Pool::passwords, [deed, password = form.password] {
        return deed(hash_password(password));
    });
}

Outcome act_join(Call& call) {
    auto const door = door_of(community(call.read()));
    if (door == Door::closed) throw Refusal::conflict("members.door_closed");
    return join_by(call, door);
}

Outcome act_invited(Call& call) {
    if (!find_invitation(call.site, call.read(), call.parameter("token")))
        throw Refusal::conflict("members.invitation_ended");
    return join_by(call, Door::invited);
}

Answer show_asked(Call& call) {
    auto const& token = call.parameter("token");
    auto const request = find_join_request(call.site, call.read(), token);
    if (!request) throw Refusal::not_found();
    AskedPage view;
    view.state = request->state;
    view.name = request->name;
    view.asked_at = request->asked_at;
    view.url = call.site.settings.public_url + "/join/asked/" + token;
    view.action = "/join/asked/" + token + "/come-in";
    web::Head head{.title = call.say("members.asked")};
    head.alone = true;
    return respond(call, view, std::move(head));
}

/// The link that followed the request leads its member in, once.
Outcome act_asked_in(Call& call) {
    auto const previous = call.visitor.session;
    return Outcome::deed([&call, previous](database::Write& write) -> Answer {
        auto const request = find_join_request(call.site, write, call.parameter("token"));
        if (!request || !request->member) throw Refusal::not_found();
        auto const account = account_of(write, Viewer::server(), *request->member);
        // Its mailed link proves the address, unless another account has proved it meanwhile.
        if (request->by_mail && account->email && !account->email_confirmed_at)
            (void)set_confirmed_email(write, account->id, account->email, call.now());
        ComingIn const coming{account->id, Way::join, device_of(call), previous};
        auto const begun = begin_session(call, write, coming);
        auto codes = make_recovery_codes(call.site, write, account->id);
        auto answer = show_recovery_codes(call, write, std::move(codes), true);
        give_cookies(call, answer, begun, coming.device);
        return answer;
    });
}

}  // namespace

std::vector<web::Route> join_routes() {
    return {
        web::get<JoinPage>(join_path, Access::anyone, show_join),
        before_agreement(web::post<JoinForm>(join_path, Access::anyone, act_join, show_join)),
        web::get<JoinPage>(invited_path, Access::anyone, show_invited),
        before_agreement(
            web::post<JoinForm>(invited_path, Access::anyone, act_invited, show_invited)),
        web::get<AskedPage>(asked_path, Access::anyone, show_asked),
        before_agreement(web::post<web::NoFields>(asked_in_path, Access::anyone, act_asked_in)),
    };
}

}  // namespace kith::members
