#include "web/picture_header.hpp"

namespace kith::web {
namespace {

using namespace std::string_view_literals;
using Kind = PictureHeader::Kind;

enum class Order { most_significant_first, least_significant_first };

/// `count` bytes at `at` as a number; 0 beyond the end, which no valid size is.
std::size_t number(std::string_view bytes, std::size_t at, std::size_t count, Order order) {
    if (at > bytes.size() || bytes.size() - at < count) return 0;
    std::size_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        bool const forward = order == Order::most_significant_first;
        std::size_t const place = forward ? at + i : at + count - 1 - i;
        value = value << 8 | static_cast<unsigned char>(bytes[place]);
    }
    return value;
}

std::size_t big(std::string_view bytes, std::size_t at, std::size_t count) {
    return number(bytes, at, count, Order::most_significant_first);
}

std::size_t little(std::string_view bytes, std::size_t at, std::size_t count) {
    return number(bytes, at, count, Order::least_significant_first);
}

/// Walks the segments to the first frame header (SOF0 to SOF15 but DHT, JPG and DAC).
std::optional<PictureHeader> jpeg_header(std::string_view bytes) {
    for (std::size_t at = 2; at + 4 <= bytes.size();) {
        if (bytes[at] != '\xFF') return std::nullopt;
        auto const marker = static_cast<unsigned char>(bytes[at + 1]);
        if (marker == 0xFF) {  // fill byte
            ++at;
            continue;
        }
        bool const frame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame) return PictureHeader{Kind::jpeg, big(bytes, at + 7, 2), big(bytes, at + 5, 2)};
        std::size_t const length = big(bytes, at + 2, 2);
        if (marker == 0xDA || marker == 0xD9 || length < 2) return std::nullopt;
        at += 2 + length;
    }
    return std::nullopt;
}

std::optional<PictureHeader> webp_header(std::string_view bytes) {
    std::string_view const chunk = bytes.substr(12, 4);
    if (chunk == "VP8X"sv)
        return PictureHeader{Kind::webp, little(bytes, 24, 3) + 1, little(bytes, 27, 3) + 1};
    if (chunk == "VP8 "sv)
        return PictureHeader{Kind::webp, little(bytes, 26, 2) & 0x3FFF,
                             little(bytes, 28, 2) & 0x3FFF};
    if (chunk != "VP8L"sv) return std::nullopt;
    std::size_t const packed = little(bytes, 21, 4);
    return PictureHeader{Kind::webp, (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1};
}

std::optional<PictureHeader> any_header(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xD8\xFF"sv)) return jpeg_header(bytes);
    if (bytes.starts_with("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR"sv))
        return PictureHeader{Kind::png, big(bytes, 16, 4), big(bytes, 20, 4)};
    bool const webp =
        bytes.size() >= 30 && bytes.starts_with("RIFF"sv) && bytes.substr(8, 4) == "WEBP"sv;
    return webp ? webp_header(bytes) : std::nullopt;
}

}  // namespace

std::optional<PictureHeader> picture_header(std::string_view bytes) {
    auto header = any_header(bytes);
    if (header && (header->width == 0 || header->height == 0)) return std::nullopt;
    return header;
}

}  // namespace kith::web
