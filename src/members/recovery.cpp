#include "members/recovery.hpp"

#include <array>

#include "base/limits.hpp"
#include "members/sign_in_events.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

using web::Access;
using web::Answer;
using web::Call;
using web::Outcome;

constexpr std::string_view recover_path = "/sign-in/recover";
constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";

Answer show_recover(Call& call) {
    RecoverPage view;
    view.code = {"", call.field(recover_path, "code").mistake};
    view.own_device = device_of(call) == Device::own;
    view.carried = carried_fields(call);
    web::Head head{.title = call.say("members.recover")};
    head.alone = true;
    return respond(call, view, std::move(head));
}

Outcome act_recover(Call& call) {
    if (not_asked_yet(call, "code")) return show_recover(call);
    auto const form = web::read_form<RecoverForm>(call.form);
    web::Mistakes mistakes;
    mistakes.required("code", form.code);
    mistakes.throw_if_any();
    // The code alone says whose it is: tries are counted for the network only.
    call.site.rates.require("recovery", call.actor(), limits::sign_in_tries_network_max,
                            limits::sign_in_tries_network_time);
    auto const previous = call.visitor.session;
    return Outcome::deed([&call, form, previous](database::Write& write) -> Answer {
        auto const member = use_recovery_code(call.site, write, form.code);
        if (!member) throw Refusal::mistakes({{"code", "members.wrong_code"}});
        ComingIn const coming{*member, Way::recovery, device_of(call), previous};
        auto answer = come_in(call, write, coming, "/settings/sign-in", "members.said_recovered");
        auto const account = account_of(write, Viewer::server(), *member);
        note_event(call.site, write, *account, SignInEvent::recovery_code_used,
                   call.visitor.session);
        return answer;
    });
}

}  // namespace

std::string make_recovery_code(Random& random) {
    std::array<std::byte, 16> bytes{};
    random.fill(bytes);
    std::string code;
    unsigned bits = 0;
    unsigned held = 0;
    std::size_t written = 0;
    auto const write = [&](unsigned value) {
        // Groups of 5, 5, 5, 5 and 6.
        if (written % 5 == 0 && written > 0 && written < 25) code += '-';
        code += letters[value & 31U];
        ++written;
    };
    for (auto const byte : bytes) {
        held = (held << 8U) | std::to_integer<unsigned>(byte);
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            write(held >> bits);
            held &= (1U << bits) - 1U;
        }
    }
    write(held << (5 - bits));
    return code;
}

std::string plain_recovery_code(std::string_view typed) {
    std::string plain;
    for (char c : typed) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == 'o') c = '0';
        if (c == 'i' || c == 'l') c = '1';
        if (letters.find(c) != std::string_view::npos) plain += c;
    }
    return plain;
}

Answer show_recovery_codes(Call& call, database::Write& write, std::vector<std::string> codes,
                           bool just_joined) {
    RecoveryCodesPage const view{std::move(codes), call.visitor.member_id.text(), just_joined,
                                 just_joined ? "/" : "/settings/sign-in"};
    web::Head head{.title = call.say("members.codes")};
    head.alone = true;
    LentWrite const lent(call, write);
    return respond(call, view, std::move(head));
}

std::vector<web::Route> recovery_routes() {
    return {
        web::get<RecoverPage>(recover_path, Access::anyone, show_recover),
        before_agreement(
            web::post<RecoverForm>(recover_path, Access::anyone, act_recover, show_recover)),
    };
}

}  // namespace kith::members
