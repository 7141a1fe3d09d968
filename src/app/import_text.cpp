#include "app/import_text.hpp"

#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

#include "app/import_limits.hpp"
#include "app/import_model.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "web/command.hpp"

namespace kith::app {

namespace fs = std::filesystem;
using web::CommandRefused;

void ImportReport::fault(std::size_t line, std::string const& what) {
    fault("line " + std::to_string(line) + ": " + what);
}

void ImportReport::fault(std::string text) {
    ++fault_count;
    if (faults.size() < limits::import_faults_told_max) faults.push_back(std::move(text));
}

struct LineReader::File {
    explicit File(fs::path const& path) : name(path.string()), file(gzopen(path.c_str(), "rbe")) {
        if (file == nullptr || fs::is_directory(path))
            throw CommandRefused("The file " + name + " can't be read.");
        bytes.resize(256 * 1024);
    }
    ~File() {
        if (file != nullptr) gzclose_r(file);
    }
    File(File const&) = delete;
    File& operator=(File const&) = delete;

    std::string name;
    gzFile file;
    std::string bytes;
    std::size_t at = 0;
    std::size_t end = 0;
    std::uint64_t read = 0;
};

LineReader::LineReader(fs::path const& path) : file_(std::make_unique<File>(path)) {}
LineReader::~LineReader() = default;

bool LineReader::fill() {
    auto& file = *file_;
    int const got = gzread(file.file, file.bytes.data(), static_cast<unsigned>(file.bytes.size()));
    int state = Z_OK;
    gzerror(file.file, &state);
    if (got < 0 || (state != Z_OK && state != Z_STREAM_END))
        throw CommandRefused("The file " + file.name + " is damaged or cut off.");
    file.at = 0;
    file.end = static_cast<std::size_t>(got);
    file.read += file.end;
    if (file.read > limits::import_bytes_max)
        throw CommandRefused("The file " + file.name + " is larger than can be imported.");
    return got > 0;
}

bool LineReader::next() {
    auto& file = *file_;
    line_.clear();
    cut_ = false;
    bool any = false;
    for (;;) {
        if (file.at == file.end && !fill()) {
            if (any) ++number_;
            return any;
        }
        any = true;
        auto const rest = std::string_view(file.bytes).substr(file.at, file.end - file.at);
        auto const end = rest.find('\n');
        auto const part = rest.substr(0, end);
        auto const room = limits::import_line_bytes_max - line_.size();
        cut_ = cut_ || part.size() > room;
        line_ += part.substr(0, room);
        file.at += end == std::string_view::npos ? part.size() : end + 1;
        if (end == std::string_view::npos) continue;
        ++number_;
        if (line_.ends_with('\r')) line_.pop_back();
        return true;
    }
}

namespace {

/// Reads one row after the other.
class Csv {
public:
    Csv(std::string_view text, char separator) : text_(text), separator_(separator) {}

    bool next(CsvRow& row) {
        if (at_ >= text_.size()) return false;
        row = {.line = line_, .fields = {}, .broken = false};
        for (bool more = true; more;) more = field(row);
        return true;
    }

private:
    bool field(CsvRow& row) {
        std::string value;
        if (peek() == '"') quoted(row, value);
        while (at_ < text_.size() && peek() != separator_ && peek() != '\n') value += text_[at_++];
        if (value.ends_with('\r')) value.pop_back();
        row.broken = row.broken || value.size() > limits::import_csv_field_bytes_max;
        row.fields.push_back(std::move(value));
        bool const more = at_ < text_.size() && peek() == separator_;
        if (at_ < text_.size() && text_[at_++] == '\n') ++line_;
        return more;
    }

    void quoted(CsvRow& row, std::string& value) {
        for (++at_; at_ < text_.size(); ++at_) {
            bool const twice = text_.substr(at_, 2) == "\"\"";
            if (peek() == '"' && !twice) {
                ++at_;
                return;
            }
            if (twice) ++at_;
            if (peek() == '\n') ++line_;
            value += peek();
        }
        row.broken = true;
    }

    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

std::optional<int> digits(std::string_view& text, std::size_t count) {
    int number = 0;
    if (text.size() < count) return std::nullopt;
    auto const [end, failure] = std::from_chars(text.data(), text.data() + count, number);
    if (failure != std::errc() || end != text.data() + count || text.front() == '-')
        return std::nullopt;
    text.remove_prefix(count);
    return number;
}

bool skip(std::string_view& text, std::string_view any_of) {
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<std::chrono::microseconds> parse_clock(std::string_view text) {
    auto const hours = digits(text, 2);
    auto const minutes = skip(text, ":") ? digits(text, 2) : std::nullopt;
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    std::optional<int> const seconds = skip(text, ":") ? digits(text, 2) : 0;
    if (!seconds || *seconds > 60) return std::nullopt;
    std::int64_t micros = 0;
    if (skip(text, "."))
        for (std::int64_t unit = 100'000; !text.empty() && text[0] >= '0' && text[0] <= '9';
             unit /= 10, text.remove_prefix(1))
            micros += unit * (text[0] - '0');
    skip(text, "Z");
    if (text == "+00" || text == "+00:00" || text == "+0000" || text == " UTC") text = {};
    if (!text.empty()) return std::nullopt;
    return std::chrono::hours(*hours) + std::chrono::minutes(*minutes) +
           std::chrono::seconds(*seconds) + std::chrono::microseconds(micros);
}

}  // namespace

std::vector<CsvRow> read_csv(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    auto const head = text.substr(0, text.find('\n'));
    bool const semicolons =
        std::count(head.begin(), head.end(), ';') > std::count(head.begin(), head.end(), ',');
    Csv csv(text, semicolons ? ';' : ',');
    std::vector<CsvRow> rows;
    for (CsvRow row; csv.next(row);)
        if (row.fields.size() > 1 || !trim(row.fields.front()).empty())
            rows.push_back(std::move(row));
    return rows;
}

std::string read_file(fs::path const& path, std::size_t bytes_max) {
    std::ifstream file(path, std::ios::binary);
    if (!file || fs::is_directory(path))
        throw CommandRefused("The file " + path.string() + " can't be read.");
    std::string text(bytes_max + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > bytes_max)
        throw CommandRefused("The file " + path.string() + " is longer than " +
                             std::to_string(bytes_max / 1024) + " KB.");
    return text;
}

std::optional<Time> parse_time(std::string_view text) {
    text = trim(text);
    auto const year = digits(text, 4);
    auto const month = skip(text, "-") ? digits(text, 2) : std::nullopt;
    auto const day = skip(text, "-") ? digits(text, 2) : std::nullopt;
    if (!year || !month || !day) return std::nullopt;
    std::chrono::year_month_day const date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok() || *year < 1970) return std::nullopt;
    std::optional<std::chrono::microseconds> clock = std::chrono::microseconds(0);
    if (!text.empty()) clock = skip(text, "T ") ? parse_clock(text) : std::nullopt;
    if (!clock) return std::nullopt;
    return Time(std::chrono::sys_days(date)) + *clock;
}

std::string clean_name(std::string_view name) {
    auto whole = repaired_utf8(name);
    for (auto& c : whole)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return std::string(trim(first_code_points(trim(whole), kith::limits::name_characters_max)));
}

std::string clean_text(std::string_view text) {
    auto whole = repaired_utf8(text);
    std::erase_if(whole, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
    });
    return whole;
}

}  // namespace kith::app
