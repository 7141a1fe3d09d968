#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/viewer.hpp"
#include "database/session.hpp"
#include "web/words.hpp"

namespace kith::upkeep {

/// Well; to be set right some day soon; broken.
enum class Verdict { ok, warn, fail };
BOOST_DESCRIBE_ENUM(Verdict, ok, warn, fail)

/// What somebody who looks after the server finds at one place. Its sentence is a word of the
/// catalogue that may name `what` and `count`; what to do about it is the same word with "_do".
struct Finding {
    std::string about;  ///< "disk": the sentence "upkeep.health_about_disk"
    Verdict verdict = Verdict::ok;
    std::string word;  ///< "disk_tight": the sentence "upkeep.health_disk_tight"
    std::string what = {};
    std::int64_t count = 0;
    bool operator==(Finding const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Finding, (), (about, verdict, word, what, count))

/// A finding as a person reads it.
struct ToldFinding {
    std::string about;
    std::string said;
    std::string to_do;  ///< empty when all is well
};
[[nodiscard]] ToldFinding tell(web::Words const& words, std::string_view language,
                               Finding const& finding);

/// What was found where looking takes long, and when; for the host alone.
struct KeptFinding {
    Finding finding;
    Time at;
};
[[nodiscard]] std::vector<KeptFinding> kept_findings(database::Read& read, Viewer const& viewer);
/// Keeps these in place of all that were kept before.
void keep_findings(database::Write& write, std::vector<Finding> const& findings, Time now);

}  // namespace kith::upkeep
