#include "web/vips_library.hpp"

#include <dlfcn.h>

#include <string>

namespace kith::web {
namespace {

[[noreturn]] void fail() {
    char const* const said = dlerror();
    throw PicturesUnavailable(said ? said : "the dynamic linker does not say why");
}

class Finder {
public:
    explicit Finder(void* library) : library_(library) {}

    /// Also in what the library is linked with: GLib.
    template <class Function>
    void operator()(Function& function, char const* name) const {
        function = reinterpret_cast<Function>(dlsym(library_, name));
        if (!function) fail();
    }

private:
    void* library_;
};

}  // namespace

VipsLibrary VipsLibrary::load(char const* name) {
    void* const handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (!handle) fail();
    Finder const find(handle);
    VipsLibrary library;
    find(library.init, "vips_init");
    find(library.error_buffer, "vips_error_buffer");
    find(library.concurrency_set, "vips_concurrency_set");
    find(library.cache_set_max, "vips_cache_set_max");
    find(library.block_untrusted_set, "vips_block_untrusted_set");
    find(library.operation_block_set, "vips_operation_block_set");
    find(library.image_new_from_buffer, "vips_image_new_from_buffer");
    find(library.image_copy_memory, "vips_image_copy_memory");
    find(library.image_get_width, "vips_image_get_width");
    find(library.image_get_height, "vips_image_get_height");
    find(library.image_get_bands, "vips_image_get_bands");
    find(library.image_hasalpha, "vips_image_hasalpha");
    find(library.thumbnail_image, "vips_thumbnail_image");
    find(library.colourspace, "vips_colourspace");
    find(library.cast, "vips_cast");
    find(library.extract_band, "vips_extract_band");
    find(library.min, "vips_min");
    find(library.flatten, "vips_flatten");
    find(library.jpegsave_buffer, "vips_jpegsave_buffer");
    find(library.webpsave_buffer, "vips_webpsave_buffer");
    find(library.object_unref, "g_object_unref");
    find(library.free_bytes, "g_free");
    return library;
}

}  // namespace kith::web
