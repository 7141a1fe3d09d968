#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.hpp"

namespace kith::web {

/// libvips as Debian 12 and 13 install it. The program isn't linked with it, as it brings some
/// seventy other libraries that the picture worker alone needs; the package reads its name here.
inline constexpr char const* vips_soname = "libvips.so.42";

/// How large a picture may stay, and whether it is cut to that shape around its middle.
struct PictureSize {
    enum class Shape { kept, cut };
    std::size_t width_max = 0;
    std::size_t height_max = 0;
    Shape shape = Shape::kept;

    [[nodiscard]] static PictureSize avatar() { return {256, 256, Shape::cut}; }
    [[nodiscard]] static PictureSize cover() { return {1600, 1600, Shape::kept}; }
    [[nodiscard]] static PictureSize inside_text() { return {1200, 1600, Shape::kept}; }
};

/// A picture that Kith encoded itself: no metadata, upright, sRGB.
struct Picture {
    enum class Format { jpeg, webp };
    std::size_t width = 0;
    std::size_t height = 0;
    Format format = Format::jpeg;  ///< webp where there is transparency
    std::string bytes;

    [[nodiscard]] std::string_view media_type() const {
        return format == Format::jpeg ? "image/jpeg" : "image/webp";
    }
    [[nodiscard]] std::string_view extension() const {
        return format == Format::jpeg ? ".jpg" : ".webp";
    }
};

/// The program that decodes pictures apart from the server, and how long it may take.
struct PictureWorker {
    std::vector<std::string> command;
    std::chrono::milliseconds time_max = limits::picture_time_max;

    /// `program` is Kith itself, which knows the hidden command "picture-worker".
    [[nodiscard]] static PictureWorker of(std::string program) {
        return {{std::move(program), "picture-worker"}};
    }
};

/// Decodes what a person sent in a limited child process and encodes it anew. Blocks: use the slow
/// pool. Refuses (413) above limits::upload_bytes_max; refuses (422, field "picture") what isn't a
/// whole JPEG, PNG or WebP of at most limits::picture_pixels_max; refuses (503, with the reason)
/// where the worker can decode no picture at all.
[[nodiscard]] Picture accept_picture(PictureWorker const& worker, std::string_view bytes,
                                     PictureSize size);

/// The child's whole life: loads `library`, limits itself, reads one request from `in`, answers on
/// `out`. Returns the exit code.
int picture_worker_main(int in, int out, char const* library = vips_soname);

}  // namespace kith::web
