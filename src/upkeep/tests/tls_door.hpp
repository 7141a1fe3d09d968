#pragma once

#include <sys/types.h>

#include <cstdint>
#include <cstdio>

#include "test_directory.hpp"

namespace kith::tests {

/// A server for TLS on loopback, known as "localhost" by a certificate of its own that is good for
/// so many days. It ends with the test.
class TlsDoor {
public:
    explicit TlsDoor(int days);
    ~TlsDoor();
    TlsDoor(TlsDoor const&) = delete;
    TlsDoor& operator=(TlsDoor const&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::filesystem::path certificate() const { return directory_.path / "cert.pem"; }

private:
    TestDirectory directory_;
    pid_t process_ = 0;
    std::FILE* said_ = nullptr;  ///< kept open: it goes on to say things
    std::uint16_t port_ = 0;
};

}  // namespace kith::tests
