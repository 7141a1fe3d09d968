#pragma once

#include "postgres.hpp"
#include "test_site.hpp"

namespace kith::upkeep {

/// A site of the rooms that upkeep uses. "X-Role: host" is a session here; the real ones live in
/// members/.
class HostSite {
public:
    explicit HostSite(std::string url = {});

    [[nodiscard]] tests::Browser as(std::string role) const;
    void enqueue(std::string const& kind, Time at);
    /// A job that fails, "unheard_of" or "other", tried until it is given up.
    void fail(std::string const& kind);
    /// Runs one statement of a test's own, past every store.
    void run(database::Sql const& sql);

    tests::TestSite site;
};

}  // namespace kith::upkeep
