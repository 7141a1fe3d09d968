#include "app/service_manager.hpp"

#include <sys/socket.h>
#include <sys/un.h>

#include <cstdlib>
#include <cstring>

#include "web/descriptor.hpp"

namespace kith::app {

void tell_service_manager(std::string_view line) {
    char const* const name = std::getenv("NOTIFY_SOCKET");
    sockaddr_un address{};
    auto const length = name == nullptr ? 0 : std::strlen(name);
    if (length == 0 || length >= sizeof address.sun_path) return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name, length);
    // A name that begins with "@" is one without a file.
    if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
    web::Descriptor const socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (socket.number() < 0) return;
    // A manager that doesn't listen is no reason not to serve.
    static_cast<void>(::sendto(socket.number(), line.data(), line.size(), MSG_NOSIGNAL,
                               reinterpret_cast<sockaddr const*>(&address),
                               static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length)));
}

}  // namespace kith::app
