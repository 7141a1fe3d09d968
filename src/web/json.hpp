#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "web/shape.hpp"

namespace kith::web {

/// Appends the model as JSON (RFC 8259): always valid UTF-8, safe inside a script element too.
/// Time is RFC 3339 in UTC, an absent optional is null.
void to_json(std::string& out, Shape const& shape, void const* model);

template <class T>
[[nodiscard]] std::string to_json(T const& model) {
    std::string out;
    to_json(out, shape_of<T>(), &model);
    return out;
}

/// Appends `text` as a JSON string with its quotes.
void json_text(std::string& out, std::string_view text);

/// The JSON Schema of the shape for OpenAPI 3.1; described structs and enums are put into
/// `schemas` (components/schemas) by name and referred to, so that recursion ends.
[[nodiscard]] boost::json::object json_schema(Shape const& shape, boost::json::object& schemas);

}  // namespace kith::web
