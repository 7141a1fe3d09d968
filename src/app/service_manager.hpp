#pragma once

#include <string_view>

namespace kith::app {

/// Tells the service manager that started this program how it is, by systemd's protocol: a line
/// such as "READY=1" to the socket that NOTIFY_SOCKET names. Nothing where there is none.
void tell_service_manager(std::string_view line);

}  // namespace kith::app
