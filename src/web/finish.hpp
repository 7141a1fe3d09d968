#pragma once

#include <chrono>
#include <cstdint>

#include "web/call.hpp"
#include "web/metrics.hpp"

namespace kith::web {

/// What every answer gets before it is sent: security headers, cache rules, compression, a line in
/// the log, a count.
class Finishing {
public:
    explicit Finishing(Site& site);

    /// Adds headers and compresses. `keeps`: a stranger's page that may be kept and revalidated.
    void complete(Call const& call, Answer& answer, bool keeps) const;
    /// A file built into the program, immutable under its content's name; or 404.
    [[nodiscard]] Answer static_file(HttpRequest const& request) const;
    /// 304 when the reader has this very answer already (RFC 9110, 13.1.2).
    [[nodiscard]] Answer not_modified_or(HttpRequest const& request, Answer answer) const;
    /// One line without bodies, names, addresses or tokens: the route's pattern, not the path.
    void note(Call const& call, Answer const& answer, std::chrono::microseconds took) const;

private:
    void add_common_headers(Answer& answer) const;

    Site& site_;
    std::string content_security_policy_;
};

}  // namespace kith::web
