#include "web/shape.hpp"

#include <algorithm>

namespace kith::web {

ShapeMember const* Shape::member(std::string_view wanted) const {
    auto const found = std::ranges::find(members, wanted, &ShapeMember::name);
    return found == members.end() ? nullptr : &*found;
}

std::size_t Shape::choice(std::string_view wanted) const {
    auto const found = std::ranges::find(choices, wanted);
    return found == choices.end() ? no_choice : static_cast<std::size_t>(found - choices.begin());
}

namespace shapes {

std::string name_of(std::string const& demangled) {
    std::string_view rest = demangled;
    if (rest.starts_with("kith::")) rest.remove_prefix(6);
    std::string name;
    while (!rest.empty()) {
        if (rest.starts_with("(anonymous namespace)::")) {
            rest.remove_prefix(23);
            continue;
        }
        if (rest.starts_with("::")) {
            name += '.';
            rest.remove_prefix(2);
            continue;
        }
        bool const plain = (rest[0] >= 'a' && rest[0] <= 'z') ||
                           (rest[0] >= 'A' && rest[0] <= 'Z') || (rest[0] >= '0' && rest[0] <= '9');
        name += plain ? rest[0] : '_';
        rest.remove_prefix(1);
    }
    return name;
}

}  // namespace shapes

}  // namespace kith::web
