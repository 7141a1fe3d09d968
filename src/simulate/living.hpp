#pragma once

#include <iosfwd>

#include "simulate/options.hpp"
#include "simulate/report.hpp"
#include "simulate/settling.hpp"

namespace kith::simulate {

/// Lets a community live its days in one setting; tells of each day on `out`. Each hour all who
/// visit read first, then all decide, then all act: so that decisions depend on the seed, and not
/// on which answer came first. Where it can't go on, gives what came until then, and says why.
[[nodiscard]] SettingReport live(Client& client, Host& host, Options const& options,
                                 Setting setting, std::ostream& out);

/// Opens the event streams of those who listen and whose discussion is open to them; comes back
/// where one ended.
void begin_listening(Speaker& speaker, World const& world, double share, Listeners& listeners);

}  // namespace kith::simulate
