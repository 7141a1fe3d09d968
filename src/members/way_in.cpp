#include "members/way_in.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "members/erasure_store.hpp"
#include "members/join_requests.hpp"
#include "members/known_devices.hpp"
#include "members/password.hpp"
#include "web/respond.hpp"

namespace kith::members {
namespace {

constexpr char const* tries = "sign-in";
constexpr char const* tries_of_network = "sign-in network";

/// What was typed names the account: one that doesn't exist is counted as any other.
std::string key_of(web::Call const& call, std::string_view name) {
    return call.site.seal.short_hash("sign-in name", lower_ascii(trim(name)));
}

std::string_view known_token(web::Call const& call) {
    return web::cookie(call.site, call.request, known_device_cookie);
}

/// A hash that no password has, to be checked where there is no account.
std::string const& nobodys_hash() {
    static std::string const hash = hash_password("a password that nobody has ever typed");
    return hash;
}

}  // namespace

Begun begin_session(web::Call& call, database::Write& write, ComingIn const& coming) {
    auto& site = call.site;
    if (coming.previous) end_session(site, write, coming.previous);
    // The link of a request to join leads in once; whoever is in has no more need of it.
    forget_join_request_of(write, coming.member);
    auto token = start_session(site, write,
                               {.member = coming.member,
                                .device = coming.device,
                                .way = coming.way,
                                .described = describe_agent(call.request.header("user-agent"))});
    call.visitor = visitor_of(site, write, token, call.now());
    if (!call.visitor.viewer.signed_in()) throw Refusal::not_found();
    if (!call.visitor.language.empty()) call.language = call.visitor.language;
    Begun begun{std::move(token), std::nullopt};
    // A shared device keeps no trace of who came in.
    if (coming.device == Device::own)
        begun.known = know_device(site, write, coming.member, known_token(call));
    return begun;
}

void give_cookies(web::Call const& call, web::Answer& answer, Begun const& begun, Device device) {
    give_session_cookie(call.site, answer, begun.session, device, call.viewer().role);
    if (begun.known)
        web::set_cookie(call.site, answer, known_device_cookie, *begun.known,
                        limits::known_device_age_max);
}

web::Answer come_in(web::Call& call, database::Write& write, ComingIn const& coming,
                    std::string path, std::string_view said) {
    auto const begun = begin_session(call, write, coming);
    web::Answer answer;
    std::optional<web::Answer> resumed;
    // Whoever asked to be erased is shown the way back first.
    if (erased_from(write, call.viewer())) {
        path = "/settings/erase";
        said = {};
    } else if (!call.wants_json) {
        LentWrite const lent(call, write);
        resumed = web::resume(call);
    }
    if (resumed) {
        answer = *std::move(resumed);
    } else if (said.empty()) {
        answer = web::done(call, std::move(path));
    } else {
        answer = web::done(call, std::move(path), said);
    }
    give_cookies(call, answer, begun, coming.device);
    return answer;
}

void end_all_but_this(web::Call const& call, database::Write& write) {
    auto const member = call.viewer().member;
    end_other_sessions(call.site, write, member, call.visitor.session);
    forget_devices_but(call.site, write, member, known_token(call));
}

Device device_of(web::Call const& call) {
    auto const* own = call.form.find("own_device");
    if (own != nullptr && *own != "false" && *own != "0") return Device::own;
    bool const program = call.request.header("content-type").starts_with("application/json");
    return program && own == nullptr ? Device::program : Device::shared;
}

std::vector<web::KeptField> carried_fields(web::Call const& call) {
    std::vector<web::KeptField> carried;
    for (auto const& [name, value] : call.form.values())
        if (name == web::resume_action_field || name.starts_with(web::resume_prefix))
            carried.push_back({name, value, value.find('\n') != std::string::npos});
    return carried;
}

bool carries(web::Call const& call) {
    return !call.wants_json && call.form.find(web::resume_action_field) != nullptr;
}

bool not_asked_yet(web::Call const& call, std::string_view field) {
    return !call.wants_json && call.form.find(field) == nullptr;
}

std::optional<Account> matching_account(std::vector<Account> const& accounts,
                                        std::string_view password) {
    bool checked = false;
    bool const checkable = password.size() <= limits::password_bytes_max;
    for (auto const& account : accounts) {
        if (!account.password_hash) continue;
        checked = true;
        if (checkable && check_password(*account.password_hash, password)) return account;
    }
    if (!checked) (void)check_password(nobodys_hash(), password.substr(0, 64));
    return std::nullopt;
}

CountedTry count_try(web::Call& call, std::string_view name, std::vector<Account> const& accounts) {
    auto& rates = call.site.rates;
    CountedTry counted;
    if (auto const device = known_device(call.site, call.read(), known_token(call), accounts)) {
        counted = {"device " + std::to_string(device->value), false};
    } else {
        counted.name = key_of(call, name);
        rates.require(tries_of_network, call.actor(), limits::sign_in_tries_network_max,
                      limits::sign_in_tries_network_time);
    }
    rates.require(tries, counted.name, limits::sign_in_tries_max, limits::sign_in_tries_time);
    return counted;
}

void forgive_try(web::Call& call, CountedTry const& counted) {
    if (counted.of_network) call.site.rates.give_back(tries_of_network, call.actor());
    call.site.rates.give_back(tries, counted.name);
}

}  // namespace kith::members
