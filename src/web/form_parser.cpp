#include <array>
#include <boost/json.hpp>
#include <charconv>

#include "base/limits.hpp"
#include "base/text.hpp"
#include "web/form.hpp"

namespace kith::web {

namespace {

namespace json = boost::json;

std::string decode_form_text(std::string_view text) {
    std::string spaced(text);
    for (char& c : spaced)
        if (c == '+') c = ' ';
    auto decoded = url_decode(spaced);
    if (!decoded) throw Refusal::malformed();
    return std::move(*decoded);
}

std::string scalar_text(json::value const& value) {
    switch (value.kind()) {
        case json::kind::string: return json::value_to<std::string>(value);
        case json::kind::bool_: return value.get_bool() ? "true" : "false";
        case json::kind::int64: return std::to_string(value.get_int64());
        case json::kind::uint64: return std::to_string(value.get_uint64());
        case json::kind::double_: {
            std::array<char, 32> digits{};
            auto const [end, error] =
                std::to_chars(digits.data(), digits.data() + digits.size(), value.get_double());
            return {digits.data(), end};
        }
        default: throw Refusal::malformed();
    }
}

Fields parse_json(std::string_view body) {
    json::parse_options options;
    options.max_depth = limits::form_json_depth_max;
    json::error_code error;
    auto const root = json::parse({body.data(), body.size()}, error, {}, options);
    if (error || !root.is_object()) throw Refusal::malformed();
    Fields fields;
    for (auto const& [key, value] : root.get_object()) {
        std::string const name(key);
        if (value.is_null()) continue;
        if (!value.is_array()) {
            fields.add(name, scalar_text(value));
            continue;
        }
        for (auto const& element : value.get_array()) fields.add(name, scalar_text(element));
    }
    return fields;
}

/// The value of `;name=value` or `;name="value"` in a header, as RFC 7578 and browsers write it.
std::optional<std::string> header_parameter(std::string_view header, std::string_view name) {
    auto rest = header;
    while (rest.find(';') != rest.npos) {
        rest.remove_prefix(rest.find(';') + 1);
        rest = rest.substr(std::min(rest.size(), rest.find_first_not_of(" \t")));
        auto const equals = rest.find('=');
        if (equals == rest.npos) return {};
        auto const key = lower_ascii(trim(rest.substr(0, equals)));
        rest.remove_prefix(equals + 1);
        std::string value;
        if (rest.starts_with('"')) {
            std::size_t i = 1;
            for (; i < rest.size() && rest[i] != '"'; ++i) {
                if (rest[i] == '\\' && i + 1 < rest.size() && rest[i + 1] == '"') ++i;
                value += rest[i];
            }
            if (i >= rest.size()) return {};
            rest.remove_prefix(i + 1);
        } else {
            value = trim(rest.substr(0, rest.find(';')));
        }
        if (key == name) return value;
    }
    return {};
}

struct PartHeaders {
    std::string disposition;
    std::string type = "text/plain";
};

PartHeaders read_part_headers(std::string_view lines) {
    PartHeaders headers;
    while (!lines.empty()) {
        auto const end = lines.find("\r\n");
        auto const line = lines.substr(0, end);
        lines.remove_prefix(end == lines.npos ? lines.size() : end + 2);
        auto const colon = line.find(':');
        if (colon == line.npos) throw Refusal::malformed();
        auto const name = lower_ascii(trim(line.substr(0, colon)));
        if (name == "content-disposition") headers.disposition = trim(line.substr(colon + 1));
        if (name == "content-type") headers.type = lower_ascii(trim(line.substr(colon + 1)));
    }
    return headers;
}

void add_part(Fields& fields, PartHeaders const& headers, std::string_view bytes) {
    auto name = header_parameter(headers.disposition, "name");
    if (!lower_ascii(headers.disposition).starts_with("form-data") || !name)
        throw Refusal::malformed();
    auto const file_name = header_parameter(headers.disposition, "filename");
    if (!file_name) return fields.add(std::move(*name), bytes);
    // A file field where nothing was chosen comes as an empty file without a name.
    if (file_name->empty() && bytes.empty()) return;
    fields.add_file(std::move(*name), {*file_name, headers.type, bytes});
}

Fields parse_multipart(std::string_view content_type, std::string_view body) {
    auto const boundary = header_parameter(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > limits::form_boundary_bytes_max)
        throw Refusal::malformed();
    auto const first = "--" + *boundary;
    auto const between = "\r\n" + first;
    if (!body.starts_with(first)) throw Refusal::malformed();
    body.remove_prefix(first.size());
    Fields fields;
    while (!body.starts_with("--")) {
        if (!body.starts_with("\r\n")) throw Refusal::malformed();
        body.remove_prefix(2);
        auto const beginning = body.substr(0, limits::form_part_header_bytes_max);
        auto const headers_end = beginning.find("\r\n\r\n");
        if (headers_end == body.npos) throw Refusal::malformed();
        auto const headers = read_part_headers(body.substr(0, headers_end));
        body.remove_prefix(headers_end + 4);
        auto const end = body.find(between);
        if (end == body.npos) throw Refusal::malformed();
        add_part(fields, headers, body.substr(0, end));
        body.remove_prefix(end + between.size());
    }
    return fields;
}

}  // namespace

Fields parse_query(std::string_view query) {
    Fields fields;
    while (!query.empty()) {
        auto const end = query.find('&');
        auto const pair = query.substr(0, end);
        query.remove_prefix(end == query.npos ? query.size() : end + 1);
        if (pair.empty()) continue;
        auto const equals = pair.find('=');
        auto const value = equals == pair.npos ? std::string_view{} : pair.substr(equals + 1);
        fields.add(decode_form_text(pair.substr(0, equals)), decode_form_text(value));
    }
    return fields;
}

Fields parse_form(std::string_view content_type, std::string_view body) {
    if (body.empty()) return {};
    auto const type = lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
    if (type == "application/x-www-form-urlencoded") return parse_query(body);
    if (type == "application/json") return parse_json(body);
    if (type == "multipart/form-data") return parse_multipart(content_type, body);
    throw Refusal::malformed();
}

}  // namespace kith::web
