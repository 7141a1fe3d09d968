#include "app/tar.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>

#include "web/command.hpp"

namespace kith::app {
namespace {

using web::CommandRefused;

constexpr std::size_t block_bytes = 512;
constexpr std::size_t name_bytes_max = 100;
constexpr std::size_t size_at = 124;
constexpr std::size_t size_bytes = 12;
constexpr std::size_t sum_at = 148;
constexpr std::size_t kind_at = 156;
constexpr std::size_t magic_at = 257;

void put(std::string& block, std::size_t at, std::string_view bytes) {
    std::copy(bytes.begin(), bytes.end(), block.begin() + static_cast<std::ptrdiff_t>(at));
}

std::string octal(std::uint64_t number, int digits) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%0*llo", digits,
                  static_cast<unsigned long long>(number));
    return text.data();
}

/// The size in octal digits; one that is too large for them as a number (GNU's way).
std::string size_field(std::uint64_t size) {
    if (size < (std::uint64_t{1} << 33U)) return octal(size, 11);
    std::string field(size_bytes, '\0');
    field[0] = '\x80';
    for (std::size_t at = size_bytes; at > 4; size >>= 8U)
        field[--at] = static_cast<char>(size & 0xffU);
    return field;
}

/// The sum over a header's bytes, its own field counted as spaces.
std::uint64_t sum_of(std::string const& block) {
    std::uint64_t sum = 0;
    for (std::size_t at = 0; at < block.size(); ++at)
        sum += at >= sum_at && at < sum_at + 8 ? ' ' : static_cast<unsigned char>(block[at]);
    return sum;
}

[[noreturn]] void damaged() { throw CommandRefused("The backup is damaged: it can't be read."); }

std::uint64_t number_in(std::string_view field) {
    std::uint64_t number = 0;
    if (field[0] == '\x80') {
        if (field.substr(1, 3) != std::string_view("\0\0\0", 3)) damaged();
        for (char const c : field.substr(4)) number = number << 8U | static_cast<unsigned char>(c);
        return number;
    }
    for (char const c : field) {
        if (c == '\0' || c == ' ') break;
        if (c < '0' || c > '7') damaged();
        number = number * 8 + static_cast<std::uint64_t>(c - '0');
    }
    return number;
}

std::uint64_t padding_of(std::uint64_t size) {
    return (block_bytes - size % block_bytes) % block_bytes;
}

}  // namespace

bool is_inside(std::string const& name) {
    std::filesystem::path const path(name);
    return !path.empty() && path.is_relative() && name.find('\0') == std::string::npos &&
           std::none_of(path.begin(), path.end(), [](auto const& part) {
               return part == ".." || part == "." || part.empty();
           });
}

void TarWriter::begin(std::string const& name, std::uint64_t size) {
    if (name.size() > name_bytes_max)
        throw CommandRefused("The name of the file " + name + " is too long to be backed up.");
    std::string block(block_bytes, '\0');
    put(block, 0, name);
    put(block, 100, octal(0600, 7));
    put(block, 108, octal(0, 7));
    put(block, 116, octal(0, 7));
    put(block, size_at, size_field(size));
    put(block, 136, octal(0, 11));
    block[kind_at] = '0';
    put(block, magic_at, std::string_view("ustar\00000", 8));
    put(block, sum_at, octal(sum_of(block), 6));
    block[sum_at + 7] = ' ';
    sink_(block);
    size_ = left_ = size;
}

void TarWriter::add(std::string_view bytes) {
    // What grew meanwhile is cut: its size is told already.
    bytes = bytes.substr(0, left_);
    left_ -= bytes.size();
    sink_(bytes);
}

void TarWriter::end_file() {
    if (left_ != 0) throw CommandRefused("A file became shorter while it was backed up.");
    sink_(std::string(padding_of(size_), '\0'));
}

void TarWriter::end_archive() { sink_(std::string(2 * block_bytes, '\0')); }

std::string TarReader::take(std::size_t most) {
    if (waiting_.empty()) waiting_ = source_();
    auto taken = waiting_.substr(0, most);
    waiting_.erase(0, taken.size());
    return taken;
}

std::string TarReader::block() {
    std::string whole;
    while (whole.size() < block_bytes) {
        auto const part = take(block_bytes - whole.size());
        if (part.empty()) damaged();
        whole += part;
    }
    return whole;
}

void TarReader::refuse_more() {
    if (block() != std::string(block_bytes, '\0') || !take(1).empty()) damaged();
}

std::optional<TarFile> TarReader::next() {
    while (!read().empty()) {
    }
    while (padding_ > 0) {
        auto const skipped = take(padding_);
        if (skipped.empty()) damaged();
        padding_ -= skipped.size();
    }
    auto const header = block();
    if (header == std::string(block_bytes, '\0')) {
        refuse_more();
        return std::nullopt;
    }
    bool const known = header.compare(magic_at, 5, "ustar") == 0 && header[kind_at] == '0' &&
                       number_in(std::string_view(header).substr(sum_at, 7)) == sum_of(header);
    TarFile file{header.substr(0, std::min(header.find('\0'), name_bytes_max)),
                 number_in(std::string_view(header).substr(size_at, size_bytes))};
    if (!known || !is_inside(file.name)) damaged();
    left_ = file.size;
    padding_ = padding_of(file.size);
    return file;
}

std::string TarReader::read() {
    if (left_ == 0) return {};
    auto bytes = take(left_);
    if (bytes.empty()) damaged();
    left_ -= bytes.size();
    return bytes;
}

}  // namespace kith::app
