#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/shape.hpp"

namespace kith::web {

/// What a member takes away: each view once as JSON and once as a plain HTML page, and files.
class Archive {
public:
    struct Entry {
        std::string name;
        std::string bytes;
    };

    /// Adds `view` as `<name>.json` and `<name>.html`, headed by `title`.
    template <class View>
    void add(std::string const& name, std::string_view title, View const& view) {
        add_described(name, title, shape_of<View>(), &view);
    }
    void add_file(std::string name, std::string bytes);

    [[nodiscard]] std::vector<Entry> const& entries() const { return entries_; }

private:
    void add_described(std::string const& name, std::string_view title, Shape const& shape,
                       void const* view);

    std::vector<Entry> entries_;
};

}  // namespace kith::web
