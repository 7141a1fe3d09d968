#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

namespace kith::app {

/// The lines of a file, packed by gzip or not.
class LineReader {
public:
    /// Throws CommandRefused when it can't be read.
    explicit LineReader(std::filesystem::path const& path);
    ~LineReader();
    LineReader(LineReader const&) = delete;
    LineReader& operator=(LineReader const&) = delete;

    /// The next line without its end; false at the file's end. Throws CommandRefused for a damaged
    /// file, and for one beyond limits::import_bytes_max.
    [[nodiscard]] bool next();
    [[nodiscard]] std::string const& line() const { return line_; }
    [[nodiscard]] std::size_t number() const { return number_; }
    /// The line was longer than limits::import_line_bytes_max: it holds only its beginning.
    [[nodiscard]] bool cut() const { return cut_; }

private:
    struct File;
    [[nodiscard]] bool fill();

    std::unique_ptr<File> file_;
    std::string line_;
    std::size_t number_ = 0;
    bool cut_ = false;
};

/// A row of a table of comma- or semicolon-separated values, and where it begins.
struct CsvRow {
    std::size_t line = 0;
    std::vector<std::string> fields;
    bool broken = false;  ///< a quote that stays open, or a field that is too long
};

/// All rows (RFC 4180); what stands between quotes may hold ends of lines.
[[nodiscard]] std::vector<CsvRow> read_csv(std::string_view text);

/// A whole file; throws CommandRefused when it can't be read or is longer than `bytes_max`.
[[nodiscard]] std::string read_file(std::filesystem::path const& path, std::size_t bytes_max);

/// "2019-03-02", "2019-03-02 10:11:12.345" or "2019-03-02T10:11:12Z", in UTC.
[[nodiscard]] std::optional<Time> parse_time(std::string_view text);

/// A name as it may be shown: UTF-8 on one line, not too long; empty when nothing is left.
[[nodiscard]] std::string clean_name(std::string_view name);

/// Text that can be kept: UTF-8 without control characters but ends of lines.
[[nodiscard]] std::string clean_text(std::string_view text);

}  // namespace kith::app
