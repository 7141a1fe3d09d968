#pragma once

#include <optional>
#include <string>
#include <vector>

#include "upkeep/findings.hpp"
#include "web/call.hpp"
#include "web/slice.hpp"

namespace kith::upkeep {

/// One place of the server, how it is there, and what to do.
struct HealthLine {
    std::string about;
    std::string said;
    std::string to_do;
    std::string url;  ///< where a host sees more of it, if anywhere
    Verdict verdict = Verdict::ok;
};
BOOST_DESCRIBE_STRUCT(HealthLine, (), (about, said, to_do, url, verdict))

struct HealthPage {
    static constexpr std::string_view page = "upkeep/health";
    std::vector<HealthLine> broken;  ///< what fails, then what should be seen to
    std::vector<HealthLine> fine;
    std::optional<Time> looked_at;  ///< at what lies outside: the mail server, the certificate
    bool any_broken = false;
};
BOOST_DESCRIBE_STRUCT(HealthPage, (), (broken, fine, looked_at, any_broken))

[[nodiscard]] std::vector<web::Route> health_routes();
/// What the server looks at by itself, since looking takes long.
[[nodiscard]] std::vector<web::JobKind> health_jobs();

}  // namespace kith::upkeep
