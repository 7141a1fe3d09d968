#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace kith::web {

/// What a picture says of itself before anything is decoded.
struct PictureHeader {
    enum class Kind { jpeg, png, webp };
    Kind kind = Kind::jpeg;
    std::size_t width = 0;
    std::size_t height = 0;
};

/// The header of a JPEG (T.81), PNG or WebP (RFC 9649); nothing for anything else.
[[nodiscard]] std::optional<PictureHeader> picture_header(std::string_view bytes);

}  // namespace kith::web
