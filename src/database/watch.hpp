#pragma once
// What tests see and change of the statements of this process, whichever database they go to.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace kith::database {

/// How many statements were run since the process began, with those that begin and end
/// transactions; one more for each, whatever it answers.
struct StatementsRun {
    std::uint64_t reading = 0;  ///< by sessions that only read
    std::uint64_t writing = 0;
};
[[nodiscard]] StatementsRun statements_run();

/// Gives the text to prepare in place of a statement's own.
using Rewriting = std::function<std::string(std::string_view)>;
/// For tests, to see whether they would find a mistake: what is prepared from now on is prepared
/// as `rewriting` has it; without one, as it stands. The program itself never calls this.
void rewrite_statements(Rewriting rewriting);

}  // namespace kith::database
