#include "database/watch.hpp"

#include <atomic>
#include <mutex>
#include <utility>

#include "database/connection.hpp"

namespace kith::database {
namespace {

std::atomic<std::uint64_t> run_reading = 0;
std::atomic<std::uint64_t> run_writing = 0;

std::mutex rewriting_mutex;

Rewriting& rewriting_now() {
    static Rewriting rewriting;
    return rewriting;
}

}  // namespace

StatementsRun statements_run() { return {run_reading, run_writing}; }

void rewrite_statements(Rewriting rewriting) {
    std::scoped_lock const lock(rewriting_mutex);
    rewriting_now() = std::move(rewriting);
}

void count_statement(Purpose purpose) {
    auto& count = purpose == Purpose::reading ? run_reading : run_writing;
    count.fetch_add(1, std::memory_order_relaxed);
}

std::string text_to_prepare(std::string_view sql) {
    std::scoped_lock const lock(rewriting_mutex);
    auto const& rewriting = rewriting_now();
    return rewriting ? rewriting(sql) : std::string(sql);
}

}  // namespace kith::database
