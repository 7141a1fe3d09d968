#pragma once

#include <span>
#include <string_view>

namespace kith::web {

/// A file for the browser, built into the program; its URL holds a hash of its content, so that a
/// browser may keep it for ever.
struct StaticFile {
    std::string_view name;  ///< what templates call it: "kith.css"
    std::string_view url;   ///< "/static/kith-3fa9c2d1e0.css"
    std::string_view type;  ///< its Content-Type
    std::string_view bytes;
    std::string_view gzip;    ///< empty where compressing doesn't help
    std::string_view brotli;  ///< empty where compressing doesn't help
};

}  // namespace kith::web

namespace kith {

/// All files for the browser, by name; made from src/*/static/ by script/assets.mjs.
[[nodiscard]] std::span<web::StaticFile const> static_files();

}  // namespace kith
