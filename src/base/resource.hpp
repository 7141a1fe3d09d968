#pragma once

#include <string_view>

namespace kith {

/// A file that is built into the program: its path below its slice's folder, and its bytes.
struct Resource {
    std::string_view path;
    std::string_view bytes;
};

}  // namespace kith
