#pragma once

#include <vips/vips.h>

#include <stdexcept>

namespace kith::web {

/// Why no picture at all can be decoded here: the library is missing, or is another than expected.
struct PicturesUnavailable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The part of libvips and GLib that the picture worker uses, by the types of their headers.
/// Stays loaded until the process ends, as both ask for.
struct VipsLibrary {
    /// Loads what the dynamic linker finds by `name`. Throws PicturesUnavailable.
    [[nodiscard]] static VipsLibrary load(char const* name);

    decltype(&::vips_init) init = nullptr;
    decltype(&::vips_error_buffer) error_buffer = nullptr;
    decltype(&::vips_concurrency_set) concurrency_set = nullptr;
    decltype(&::vips_cache_set_max) cache_set_max = nullptr;
    decltype(&::vips_block_untrusted_set) block_untrusted_set = nullptr;
    decltype(&::vips_operation_block_set) operation_block_set = nullptr;

    decltype(&::vips_image_new_from_buffer) image_new_from_buffer = nullptr;
    decltype(&::vips_image_copy_memory) image_copy_memory = nullptr;
    decltype(&::vips_image_get_width) image_get_width = nullptr;
    decltype(&::vips_image_get_height) image_get_height = nullptr;
    decltype(&::vips_image_get_bands) image_get_bands = nullptr;
    decltype(&::vips_image_hasalpha) image_hasalpha = nullptr;
    decltype(&::vips_thumbnail_image) thumbnail_image = nullptr;
    decltype(&::vips_colourspace) colourspace = nullptr;
    decltype(&::vips_cast) cast = nullptr;
    decltype(&::vips_extract_band) extract_band = nullptr;
    decltype(&::vips_min) min = nullptr;
    decltype(&::vips_flatten) flatten = nullptr;
    decltype(&::vips_jpegsave_buffer) jpegsave_buffer = nullptr;
    decltype(&::vips_webpsave_buffer) webpsave_buffer = nullptr;

    decltype(&::g_object_unref) object_unref = nullptr;
    decltype(&::g_free) free_bytes = nullptr;
};

}  // namespace kith::web
