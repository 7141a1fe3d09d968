#pragma once

#include <iosfwd>

#include "simulate/options.hpp"
#include "simulate/report.hpp"
#include "simulate/settling.hpp"

namespace kith::simulate {

/// The rates to try, requests a second: each half as much again as the one before.
[[nodiscard]] std::vector<double> load_rates(double from, double to);

/// How many members a machine carries that holds so many requests a second: in the busiest hour,
/// `busiest_hour` of a day's requests are asked.
[[nodiscard]] std::int64_t members_carried(double held, double requests_of_member,
                                           double busiest_hour);

/// Whether a step held: nothing failed, and 99 of 100 were answered within the bound of when they
/// were due.
[[nodiscard]] bool step_held(LoadStep const& step, double bound_ms);

/// Settles a community and asks it for more and more, until it doesn't hold. Requests are due at
/// moments that don't wait for answers (an open loop, moments of a Poisson process), and their
/// time counts from when they were due: a server that stalls makes all that follows late, as
/// people would find it. Where it can't go on, gives what came until then, and says why.
[[nodiscard]] LoadReport load(Client& client, Host& host, Options const& options,
                              std::ostream& out);

}  // namespace kith::simulate
