#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/clock.hpp"
#include "base/seal.hpp"
#include "database/database.hpp"

namespace kith::web {

/// Counts what each actor does, by token bucket. Keyed to the actor, never to a target, so that it
/// can't tell anybody anything about another. Safe to call from any thread.
class Rates {
public:
    explicit Rates(Clock const& clock) : clock_(clock) {}

    /// Before anything is served: what is counted here counts on every node of the community. Kept
    /// under a hash, so that the database names nobody's address.
    void share(database::Database& database, Seal const& seal);

    /// Takes one of `times` per `period` for `actor`; gives 0 s, or how long to wait.
    [[nodiscard]] std::chrono::seconds take(std::string const& what, std::string const& actor,
                                            unsigned times, std::chrono::seconds period);
    /// take(), and a Refusal::too_often instead of a wait.
    void require(std::string const& what, std::string const& actor, unsigned times,
                 std::chrono::seconds period);

    /// Takes back what take() counted: a try that succeeded.
    void give_back(std::string const& what, std::string const& actor);

    static constexpr std::size_t actors_max = 200'000;

private:
    [[nodiscard]] std::chrono::seconds take_here(std::string const& key, unsigned times,
                                                 std::chrono::seconds period);
    [[nodiscard]] std::chrono::seconds take_shared(std::string const& key, unsigned times,
                                                   std::chrono::seconds period);
    void give_back_here(std::string const& key);

    struct Bucket {
        double tokens;
        Time filled_at;
        std::list<std::string>::iterator age;
    };

    Clock const& clock_;
    database::Database* database_ = nullptr;  ///< where several nodes count together
    Seal const* seal_ = nullptr;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
    std::list<std::string> oldest_first_;
};

}  // namespace kith::web
