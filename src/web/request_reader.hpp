#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "web/http.hpp"
#include "web/server.hpp"

namespace kith::web {

/// Reads requests out of bytes as they come, within limits; knows nothing of sockets. Strict
/// where two readers could understand one request differently (RFC 9112, 11.2).
class RequestReader {
public:
    enum class State { head, body, whole, refused };

    /// `body_limit` outlives the reader.
    explicit RequestReader(BodyLimit const& body_limit);
    ~RequestReader();
    RequestReader(RequestReader const&) = delete;
    RequestReader& operator=(RequestReader const&) = delete;

    /// Reads on; says how many bytes are used up. The caller gives the others again, more behind.
    [[nodiscard]] std::size_t read(std::string_view bytes);

    [[nodiscard]] State state() const;
    /// The status to refuse with; only when refused.
    [[nodiscard]] unsigned refusal_status() const;
    /// The client wants "100 Continue" before it sends the body that it announced.
    [[nodiscard]] bool waits_for_go_ahead() const;
    /// How many bytes of the body have come.
    [[nodiscard]] std::size_t body_bytes() const;
    /// How many bytes of an upload are announced; zero unless one is being read.
    [[nodiscard]] std::size_t upload_bytes() const;
    /// Gives the whole request and begins the next one.
    struct Taken {
        HttpRequest request;
        bool keeps_alive = false;  ///< the client wants to use the connection again
        bool is_http_1_0 = false;  ///< and must be told that it may
    };
    [[nodiscard]] Taken take();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace kith::web
