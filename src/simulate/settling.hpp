#pragma once

#include "simulate/options.hpp"
#include "simulate/speaker.hpp"
#include "simulate/world.hpp"

namespace kith::simulate {

/// Somebody who was there before: what `kith demo --json` prints of each.
struct Known {
    std::string name;
    std::string role;
    std::string password;
};
/// Reads such a file; throws Refused when it can't be read, or names no host.
[[nodiscard]] std::vector<Known> read_known(std::string const& file);

/// The host of the community, signed in.
struct Host {
    std::string name;
    std::string password;
    std::string cookie;
    std::int64_t agreement_version = 0;  ///< of the community, for who joins
};
/// Signs the host in. Throws Refused where joining isn't open, or where there are members whom
/// `known` doesn't name, unless `is_a_test`: nobody shall simulate among people.
[[nodiscard]] Host enter(Speaker& speaker, std::vector<Known> const& known, bool is_a_test);

/// Signs the host in anew: the session of whoever holds power ends after half an hour of rest.
void renew(Speaker& speaker, Host& host);

/// A world of people who aren't there yet, and its open place on the server.
[[nodiscard]] World make_world(Speaker& speaker, Host const& host, Options const& options,
                               Setting setting);
/// These agents join, and are here from now on.
void join(Speaker& speaker, Host const& host, World& world, std::vector<std::size_t> const& who);
/// The founders join; with Kith they get their roles, circles and greeters, in a forum their roles.
void found(Speaker& speaker, Host& host, World& world);
/// Those of the agents who are signed out sign in, if they can.
void sign_in(Speaker& speaker, World& world, std::vector<std::size_t> const& who);

}  // namespace kith::simulate
