#include "tls_door.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace kith::tests {

TlsDoor::TlsDoor(int days) {
    auto const key = (directory_.path / "key.pem").string();
    auto const make =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
        "-subj /CN=localhost -addext subjectAltName=DNS:localhost -days " +
        std::to_string(days) + " -keyout " + key + " -out " + certificate().string() +
        " 2>/dev/null";
    if (std::system(make.c_str()) != 0) throw std::runtime_error("openssl makes no certificate");
    int out[2];
    if (::pipe(out) != 0) throw std::runtime_error("no pipe");
    process_ = ::fork();
    if (process_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(out[1], 1);
        ::execlp("openssl", "openssl", "s_server", "-accept", "127.0.0.1:0", "-www", "-key",
                 key.c_str(), "-cert", certificate().c_str(), nullptr);
        ::_exit(127);
    }
    ::close(out[1]);
    said_ = ::fdopen(out[0], "r");
    char line[256];
    // "ACCEPT 127.0.0.1:43210" once it listens.
    while (port_ == 0 && std::fgets(line, sizeof line, said_) != nullptr) {
        std::string const text(line);
        if (text.starts_with("ACCEPT"))
            port_ = static_cast<std::uint16_t>(std::stoi(text.substr(text.rfind(':') + 1)));
    }
    if (port_ == 0) throw std::runtime_error("openssl doesn't listen");
}

TlsDoor::~TlsDoor() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    std::fclose(said_);
}

}  // namespace kith::tests
