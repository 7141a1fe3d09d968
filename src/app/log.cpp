#include "app/log.hpp"

#include <spdlog/async.h>
#include <spdlog/details/periodic_worker.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <stdexcept>

namespace kith::app {
namespace {

constexpr std::size_t lines_waiting_max = 8192;
constexpr std::chrono::seconds flush_period(1);

/// A file that can be opened anew while others write to it.
class ReopenedFile final : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit ReopenedFile(std::string const& file) { helper_.open(file); }
    void reopen() {
        std::lock_guard const lock(mutex_);
        helper_.reopen(false);
    }

protected:
    void sink_it_(spdlog::details::log_msg const& message) override {
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        helper_.write(line);
    }
    void flush_() override { helper_.flush(); }

private:
    spdlog::details::file_helper helper_;
};

}  // namespace

struct Log::Parts {
    std::shared_ptr<spdlog::details::thread_pool> pool;
    std::shared_ptr<ReopenedFile> file;  // tidy: allowed, spdlog shares its sinks
    std::shared_ptr<spdlog::logger> logger;
    std::unique_ptr<spdlog::details::periodic_worker> flusher;
};

Log::Log(std::string const& file, std::string const& level) : parts_(std::make_unique<Parts>()) {
    spdlog::sink_ptr sink;
    if (file.empty()) {
        sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    } else {
        parts_->file = std::make_shared<ReopenedFile>(file);
        sink = parts_->file;
    }
    // Requests never wait for the log: beyond the limit the oldest lines are given up.
    parts_->pool = std::make_shared<spdlog::details::thread_pool>(lines_waiting_max, 1);
    parts_->logger = std::make_shared<spdlog::async_logger>(
        "kith", sink, parts_->pool, spdlog::async_overflow_policy::overrun_oldest);
    parts_->logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z level=%l %v");
    parts_->logger->set_level(spdlog::level::from_str(level));
    parts_->logger->flush_on(spdlog::level::warn);
    // What isn't urgent comes in time all the same, for whoever follows the file.
    parts_->flusher = std::make_unique<spdlog::details::periodic_worker>(
        [logger = parts_->logger] { logger->flush(); }, flush_period);
}

Log::~Log() {
    parts_->flusher.reset();
    parts_->logger->flush();
}

std::shared_ptr<spdlog::logger> Log::logger() const { return parts_->logger; }

void Log::reopen() {
    if (parts_->file) parts_->file->reopen();
}

}  // namespace kith::app
