#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "database/database.hpp"
#include "web/http.hpp"

namespace kith::web {

/// What a handler gives back: status, headers and body, or an event stream.
using Answer = HttpResponse;

/// A handler's writing: one transaction, run by the database's writer; its answer is sent once the
/// deed is durable. It may be run again, so it changes nothing but the database and its answer.
using Deed = std::function<Answer(database::Write&)>;

struct Outcome;

/// Which small pool does slow work: whoever sends pictures must not keep others from signing in.
enum class Pool {
    passwords,  ///< Argon2id
    files,      ///< pictures, copies of everything
};

/// Work too slow for a request worker.
struct Slow {
    Pool pool = Pool::passwords;
    std::function<Outcome()> work;
};

/// What a handler wants next: an answer is done; a deed or slow work goes on elsewhere.
struct Outcome {
    std::variant<Answer, Deed, Slow> next;

    Outcome(Answer answer) : next(std::move(answer)) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] static Outcome deed(Deed deed) { return Outcome(std::move(deed), 0); }
    [[nodiscard]] static Outcome slow(Pool pool, std::function<Outcome()> work) {
        return Outcome(Slow{pool, std::move(work)}, 0);
    }

private:
    template <class Next>
    Outcome(Next next_step, int) : next(std::move(next_step)) {}
};

}  // namespace kith::web
