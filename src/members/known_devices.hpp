#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database/session.hpp"
#include "members/members.hpp"

namespace kith::members {

struct KnownDevice;  // the tag of Id<KnownDevice>

/// The cookie by which a member's own device is known again, long after its session: others may
/// spend an account's tries to sign in, and it has tries of its own. A shared device gets none.
inline constexpr std::string_view known_device_cookie = "known";

/// The device of `token`, if one of `accounts` has signed in on it before.
[[nodiscard]] std::optional<Id<KnownDevice>> known_device(web::Site& site, database::Read& read,
                                                          std::string_view token,
                                                          std::vector<Account> const& accounts);
/// Keeps that `member` has signed in on the device that was known by `token`, or wasn't; gives the
/// token by which it is known from now on, which is kept only as a hash.
[[nodiscard]] std::string know_device(web::Site& site, database::Write& write, Id<Member> member,
                                      std::string_view token);
/// How many devices the viewer is known on.
[[nodiscard]] std::int64_t known_devices(database::Read& read, Viewer const& viewer);
/// Forgets the member's devices, but the one of `token`.
void forget_devices_but(web::Site& site, database::Write& write, Id<Member> member,
                        std::string_view token);
/// Forgets all of the member's devices: erasure.
void forget_devices(database::Write& write, Id<Member> member);
/// Forgets devices on which nobody has signed in since `before`.
void sweep_devices(database::Write& write, Time before);

}  // namespace kith::members
