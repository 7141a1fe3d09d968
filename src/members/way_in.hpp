#pragma once
// What every way in shares: signing in, joining, links and recovery codes end here.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "members/members.hpp"
#include "members/sessions.hpp"
#include "web/call.hpp"
#include "web/outcome.hpp"
#include "web/refuse.hpp"

namespace kith::members {

/// Lends a deed's transaction to its call, so that the deed's answer may be a page.
class LentWrite {
public:
    LentWrite(web::Call& call, database::Write& write) : call_(call) { call_.lend(&write); }
    ~LentWrite() { call_.lend(nullptr); }
    LentWrite(LentWrite const&) = delete;
    LentWrite& operator=(LentWrite const&) = delete;

private:
    web::Call& call_;
};

/// Someone who has shown who they are.
struct ComingIn {
    Id<Member> member;
    Way way = Way::password;
    Device device = Device::shared;
    Id<web::SignInSession> previous;  ///< this browser's session so far; it ends
};

/// What the browser keeps of a session that has begun.
struct Begun {
    std::string session;               ///< its token
    std::optional<std::string> known;  ///< the token of the member's own device
};

/// Begins the session and makes the call's visitor its member.
[[nodiscard]] Begun begin_session(web::Call& call, database::Write& write, ComingIn const& coming);
/// Puts the cookies of a session that has begun into the answer.
void give_cookies(web::Call const& call, web::Answer& answer, Begun const& begun, Device device);

/// Begins the session; the answer leads to what was typed before, or to `path`.
[[nodiscard]] web::Answer come_in(web::Call& call, database::Write& write, ComingIn const& coming,
                                  std::string path, std::string_view said = {});

/// Ends the member's other sessions, and forgets the other devices they are known on.
void end_all_but_this(web::Call const& call, database::Write& write);

/// The device that a form's tick names; what sends JSON without saying is a program.
[[nodiscard]] Device device_of(web::Call const& call);

/// What was typed before a session ended, for the hidden fields of a sign-in form.
[[nodiscard]] std::vector<web::KeptField> carried_fields(web::Call const& call);

/// Whether a person's form carries something that was typed before.
[[nodiscard]] bool carries(web::Call const& call);
/// Whether it comes from a page that didn't ask for `field` yet.
[[nodiscard]] bool not_asked_yet(web::Call const& call, std::string_view field);

/// The first account whose password this is. Takes as long when there is none.
[[nodiscard]] std::optional<Account> matching_account(std::vector<Account> const& accounts,
                                                      std::string_view password);

/// The tries that a try was counted among.
struct CountedTry {
    std::string name;        ///< of the account as it was typed, or of a known device
    bool of_network = true;  ///< and among those of the network
};
/// Counts a try to sign in as `name`, which `accounts` go by; refuses when there were too many,
/// whoever they are. A device that one of them has signed in on before has tries of its own, so
/// that nobody can keep a member out by spending theirs.
[[nodiscard]] CountedTry count_try(web::Call& call, std::string_view name,
                                   std::vector<Account> const& accounts = {});
/// A try that succeeded doesn't count.
void forgive_try(web::Call& call, CountedTry const& counted);

}  // namespace kith::members
