#include "web/archive.hpp"

#include "web/escape.hpp"
#include "web/json.hpp"

namespace kith::web {
namespace {

void add_html(std::string& out, Shape const& shape, void const* value);

void add_members(std::string& out, Shape const& shape, void const* value) {
    out += "<dl>";
    for (auto const& member : shape.members) {
        out.append("<dt>").append(member.name).append("</dt><dd>");
        add_html(out, member.shape(), member.in(value));
        out += "</dd>";
    }
    out += "</dl>";
}

void add_elements(std::string& out, Shape const& shape, void const* value) {
    out += "<ol>";
    for (std::size_t i = 0; i < shape.size(value); ++i) {
        out += "<li>";
        add_html(out, shape.element(), shape.at(value, i));
        out += "</li>";
    }
    out += "</ol>";
}

/// Any view as nested lists: a page that opens in every browser in thirty years.
void add_html(std::string& out, Shape const& shape, void const* value) {
    using Kind = Shape::Kind;
    switch (shape.kind) {
        case Kind::object: return add_members(out, shape, value);
        case Kind::list: return add_elements(out, shape, value);
        case Kind::optional:
            if (auto const* inside = shape.inside(value)) add_html(out, shape.element(), inside);
            return;
        case Kind::html: out += shape.text(value); return;
        default: break;
    }
    std::string text;
    if (shape.kind == Kind::text || shape.kind == Kind::choice) {
        text = shape.text(value);
    } else {
        to_json(text, shape, value);
    }
    append_escaped(out, text);
}

}  // namespace

void Archive::add_file(std::string name, std::string bytes) {
    entries_.push_back({std::move(name), std::move(bytes)});
}

void Archive::add_described(std::string const& name, std::string_view title, Shape const& shape,
                            void const* view) {
    std::string json;
    to_json(json, shape, view);
    add_file(name + ".json", std::move(json));
    std::string html = "<!doctype html><meta charset=\"utf-8\"><title>";
    append_escaped(html, title);
    html += "</title><h1>";
    append_escaped(html, title);
    html += "</h1>";
    add_html(html, shape, view);
    add_file(name + ".html", std::move(html));
}

}  // namespace kith::web
