#pragma once

#include <memory>
#include <string>

namespace spdlog {
class logger;
}

namespace kith::app {

/// The program's log: one line an event, to standard error or a file that can be opened anew.
class Log {
public:
    /// Throws std::runtime_error when the file can't be opened.
    Log(std::string const& file, std::string const& level);
    ~Log();
    Log(Log const&) = delete;
    Log& operator=(Log const&) = delete;

    [[nodiscard]] std::shared_ptr<spdlog::logger> logger() const;
    void reopen();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace kith::app
