#include "web/form.hpp"

#include <algorithm>
#include <array>

#include "base/limits.hpp"
#include "base/text.hpp"

namespace kith::web {

namespace {

/// `value` with '\n' for every line end and no other control character but the tab.
std::string with_plain_lines(std::string_view value) {
    std::string clean;
    clean.reserve(value.size());
    for (std::size_t i = 0; i < value.size(); ++i) {
        char const c = value[i];
        if (c == '\r') {
            if (i + 1 == value.size() || value[i + 1] != '\n') clean += '\n';
        } else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') {
            clean += c;
        }
    }
    return clean;
}

bool is_acceptable(std::string_view text) {
    return text.find('\0') == text.npos && valid_utf8(text);
}

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string const* Fields::find(std::string_view name) const {
    for (auto const& [field, value] : values_)
        if (field == name) return &value;
    return nullptr;
}

std::string_view Fields::text(std::string_view name) const {
    auto const* value = find(name);
    return value == nullptr ? std::string_view{} : *value;
}

std::vector<std::string> Fields::all(std::string_view name) const {
    std::vector<std::string> found;
    for (auto const& [field, value] : values_)
        if (field == name) found.push_back(value);
    return found;
}

UploadedFile const* Fields::file(std::string_view name) const {
    for (auto const& [field, file] : files_)
        if (field == name) return &file;
    return nullptr;
}

void Fields::count(std::string_view name) const {
    auto const is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
    if (values_.size() + files_.size() >= limits::form_fields_max || name.empty() ||
        name.size() > limits::form_name_bytes_max || !is_acceptable(name) ||
        std::ranges::any_of(name, is_control)) {
        throw Refusal::malformed();
    }
}

void Fields::add(std::string name, std::string_view value) {
    count(name);
    if (!is_acceptable(value)) throw Refusal::malformed();
    values_.emplace_back(std::move(name), with_plain_lines(value));
}

void Fields::add_file(std::string name, UploadedFile file) {
    count(name);
    if (this->file(name) != nullptr || !is_acceptable(file.name) || !is_acceptable(file.type)) {
        throw Refusal::malformed();
    }
    file.name = with_plain_lines(file.name);
    files_.emplace_back(std::move(name), std::move(file));
}

std::string url_encode(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    static constexpr std::string_view unreserved = "-._~";
    std::string encoded;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (letter || (c >= '0' && c <= '9') || unreserved.find(c) != unreserved.npos) {
            encoded += c;
        } else {
            encoded += '%';
            encoded += digits[byte >> 4];
            encoded += digits[byte & 15];
        }
    }
    return encoded;
}

std::optional<std::string> url_decode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return {};
        int const high = digit_of(text[i + 1]);
        int const low = digit_of(text[i + 2]);
        if (high < 0 || low < 0) return {};
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
    }
    if (!is_acceptable(decoded)) return {};
    return decoded;
}

std::string trimmed(std::string_view text) { return std::string(trim(text)); }

Mistakes& Mistakes::add(std::string_view field, std::string_view word, Arguments arguments) {
    // One sentence beside a field is enough: the first that was found.
    if (std::ranges::find(found_, field, &FieldMistake::field) == found_.end())
        found_.push_back({std::string(field), std::string(word), std::move(arguments)});
    return *this;
}

Mistakes& Mistakes::require(bool fine, std::string_view field, std::string_view word) {
    return fine ? *this : add(field, word);
}

Mistakes& Mistakes::required(std::string_view field, std::string_view text) {
    return trim(text).empty() ? add(field, "form.required") : *this;
}

Mistakes& Mistakes::max(std::string_view field, std::string_view text, std::size_t characters) {
    if (code_points(text) <= characters) return *this;
    return add(field, "form.too_long", {{"max", std::to_string(characters)}});
}

Mistakes& Mistakes::min(std::string_view field, std::string_view text, std::size_t characters) {
    if (code_points(text) >= characters) return *this;
    return add(field, "form.too_short", {{"min", std::to_string(characters)}});
}

Mistakes& Mistakes::max_bytes(std::string_view field, std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return *this;
    return add(field, "form.too_large", {{"kilobytes", std::to_string(bytes / 1024)}});
}

void Mistakes::throw_if_any() const {
    if (any()) throw Refusal::mistakes(found_);
}

}  // namespace kith::web
