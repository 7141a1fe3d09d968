#pragma once

#include <memory>

#include "web/kept.hpp"
#include "web/router.hpp"
#include "web/server.hpp"
#include "web/site.hpp"

namespace kith::web {

/// Answers requests: viewer, cross-site check, rate limit, route, agreement, handler, deed. The
/// only place that catches Refusal.
class Answering {
public:
    Answering(Site& site, Router const& router, std::size_t workers);
    ~Answering();
    Answering(Answering const&) = delete;
    Answering& operator=(Answering const&) = delete;

    void operator()(HttpRequest request, Reply reply);
    struct Parts;  ///< shared with the requests under way
    /// How large a body a request to `target` may have, and whether it is an upload.
    [[nodiscard]] BodyAllowance body_limit(Verb verb, std::string_view target) const;
    /// Lets what runs finish.
    void stop();

private:
    std::shared_ptr<Parts> parts_;
};

}  // namespace kith::web
