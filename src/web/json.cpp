#include "web/json.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <charconv>
#include <cmath>

#include "base/text.hpp"
#include "web/moment.hpp"

namespace kith::web {

namespace {

using Kind = Shape::Kind;

void append_escape(std::string& out, char32_t code) {
    static constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += digits[(code >> shift) & 0xf];
}

void append_special(std::string& out, char c) {
    switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default: append_escape(out, static_cast<unsigned char>(c));
    }
}

/// What goes into a JSON string as it is.
constexpr auto plain_bytes = [] {
    std::array<bool, 256> table{};
    for (std::size_t byte = 0x20; byte < 0x7f; ++byte) table[byte] = true;
    for (unsigned char const special : {'"', '\\', '<', '>', '&'}) table[special] = false;
    return table;
}();

template <class Number>
void append_number(std::string& out, Number number) {
    std::array<char, 32> digits{};
    auto const [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc{}) out.append(digits.data(), end);
}

void append_object(std::string& out, Shape const& shape, void const* model) {
    out += '{';
    bool first = true;
    for (auto const& member : shape.members) {
        if (!first) out += ',';
        first = false;
        out += '"';
        out += member.name;
        out += "\":";
        to_json(out, member.shape(), member.in(model));
    }
    out += '}';
}

void append_list(std::string& out, Shape const& shape, void const* model) {
    out += '[';
    auto const& element = shape.element();
    auto const size = shape.size(model);
    for (std::size_t i = 0; i < size; ++i) {
        if (i > 0) out += ',';
        to_json(out, element, shape.at(model, i));
    }
    out += ']';
}

boost::json::object schema_of_object(Shape const& shape, boost::json::object& schemas) {
    boost::json::object properties;
    boost::json::array required;
    for (auto const& member : shape.members) {
        properties[member.name] = json_schema(member.shape(), schemas);
        required.emplace_back(member.name);
    }
    return {{"type", "object"},
            {"properties", std::move(properties)},
            {"required", std::move(required)}};
}

boost::json::object schema_of_choice(Shape const& shape) {
    return {{"type", "string"},
            {"enum", boost::json::array(shape.choices.begin(), shape.choices.end())}};
}

boost::json::object reference_to(Shape const& shape, boost::json::object& schemas) {
    if (!schemas.contains(shape.name)) {
        schemas[shape.name] = nullptr;  // named before it is filled, so that a reply may be in it
        auto schema =
            shape.kind == Kind::object ? schema_of_object(shape, schemas) : schema_of_choice(shape);
        schemas[shape.name] = std::move(schema);
    }
    return {{"$ref", "#/components/schemas/" + shape.name}};
}

}  // namespace

void json_text(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && plain_bytes[static_cast<unsigned char>(text[plain])]) ++plain;
        out.append(text, 0, plain);
        text.remove_prefix(plain);
        if (text.empty()) break;
        if (static_cast<unsigned char>(text[0]) < 0x80) {
            append_special(out, text[0]);
            text.remove_prefix(1);
            continue;
        }
        auto const before = text;
        auto const code = next_code_point(text);
        if (!code) {
            out += "\xef\xbf\xbd";
        } else if (*code == 0x2028 || *code == 0x2029) {
            append_escape(out, *code);
        } else {
            out += before.substr(0, before.size() - text.size());
        }
    }
    out += '"';
}

void to_json(std::string& out, Shape const& shape, void const* model) {
    switch (shape.kind) {
        case Kind::text:
        case Kind::html:
        case Kind::choice: return json_text(out, shape.text(model));
        case Kind::number: return append_number(out, shape.number(model));
        case Kind::real: {
            auto const number = shape.real(model);
            if (std::isfinite(number)) return append_number(out, number);
            out += "null";  // RFC 8259 has no infinity
            return;
        }
        case Kind::boolean: out += *static_cast<bool const*>(model) ? "true" : "false"; return;
        case Kind::time:
            out += '"';
            write_rfc3339(out, *static_cast<Time const*>(model));
            out += '"';
            return;
        case Kind::optional: {
            auto const* inside = shape.inside(model);
            if (inside != nullptr) return to_json(out, shape.element(), inside);
            out += "null";
            return;
        }
        case Kind::list: return append_list(out, shape, model);
        case Kind::object: return append_object(out, shape, model);
    }
}

boost::json::object json_schema(Shape const& shape, boost::json::object& schemas) {
    switch (shape.kind) {
        case Kind::text: return {{"type", "string"}};
        case Kind::html: return {{"type", "string"}, {"contentMediaType", "text/html"}};
        case Kind::number: return {{"type", "integer"}, {"format", "int64"}};
        case Kind::real: return {{"type", "number"}};
        case Kind::boolean: return {{"type", "boolean"}};
        case Kind::time: return {{"type", "string"}, {"format", "date-time"}};
        case Kind::list:
            return {{"type", "array"}, {"items", json_schema(shape.element(), schemas)}};
        case Kind::optional: {
            boost::json::array either;
            either.push_back(json_schema(shape.element(), schemas));
            either.push_back(boost::json::object{{"type", "null"}});
            return {{"anyOf", std::move(either)}};
        }
        case Kind::choice:
        case Kind::object: return reference_to(shape, schemas);
    }
    return {};
}

}  // namespace kith::web
