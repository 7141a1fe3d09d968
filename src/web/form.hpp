#pragma once

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/public_id.hpp"
#include "base/refusal.hpp"

namespace kith::web {

/// A file that came with a form. Views the request's body, which must outlive it.
struct UploadedFile {
    std::string name;  ///< as the sender called it: text to show, never a path to open
    std::string type;  ///< as the sender claims; what it is, its bytes say
    std::string_view bytes;
};

/// The fields of a form or a query: valid UTF-8 with plain line ends, within limits.
class Fields {
public:
    /// The first value of the field, or null.
    [[nodiscard]] std::string const* find(std::string_view name) const;
    /// The first value of the field, or empty.
    [[nodiscard]] std::string_view text(std::string_view name) const;
    /// All values of the field, in order.
    [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
    [[nodiscard]] UploadedFile const* file(std::string_view name) const;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> const& values() const {
        return values_;
    }
    /// The files of all fields, by their fields.
    [[nodiscard]] std::vector<std::pair<std::string, UploadedFile>> const& files() const {
        return files_;
    }

    /// Adds a value after the checks that every field passes; throws Refusal::malformed.
    void add(std::string name, std::string_view value);
    /// Adds a field's file; a field has at most one.
    void add_file(std::string name, UploadedFile file);

private:
    void count(std::string_view name) const;

    std::vector<std::pair<std::string, std::string>> values_;
    std::vector<std::pair<std::string, UploadedFile>> files_;
};

/// Reads a body: urlencoded, multipart/form-data, or a flat JSON object (arrays repeat a field,
/// null leaves it out). Anything else, or beyond the limits, throws Refusal::malformed.
[[nodiscard]] Fields parse_form(std::string_view content_type, std::string_view body);
/// Reads what follows the '?' of a target. Throws Refusal::malformed.
[[nodiscard]] Fields parse_query(std::string_view query);

/// `text` for one segment of a path or one value of a query (RFC 3986, 2.3 stays as it is).
[[nodiscard]] std::string url_encode(std::string_view text);
/// `text` with its %XX undone, or nothing when one is broken or the result has a NUL or isn't
/// UTF-8; '+' stays as it is.
[[nodiscard]] std::optional<std::string> url_decode(std::string_view text);

/// `text` without white space around it, as trim() sees it.
[[nodiscard]] std::string trimmed(std::string_view text);

/// Collects what is wrong in a form, one mistake a field, and refuses all at once.
class Mistakes {
public:
    using Arguments = std::vector<std::pair<std::string, std::string>>;

    /// Notes a mistake; `word` is a key of the catalogue, `arguments` fill its placeholders.
    Mistakes& add(std::string_view field, std::string_view word, Arguments arguments = {});
    Mistakes& require(bool fine, std::string_view field, std::string_view word);
    /// Not empty but for white space.
    Mistakes& required(std::string_view field, std::string_view text);
    /// At most `characters` Unicode code points.
    Mistakes& max(std::string_view field, std::string_view text, std::size_t characters);
    /// At least `characters` Unicode code points.
    Mistakes& min(std::string_view field, std::string_view text, std::size_t characters);
    /// At most `bytes`, for long texts.
    Mistakes& max_bytes(std::string_view field, std::string_view text, std::size_t bytes);

    [[nodiscard]] bool any() const { return !found_.empty(); }
    /// Throws Refusal::mistakes if there is one.
    void throw_if_any() const;

private:
    std::vector<FieldMistake> found_;
};

namespace forms {

template <class T>
concept Choice = boost::describe::has_describe_enumerators<T>::value;

inline bool read(std::string const& text, std::string& value) {
    value = text;
    return true;
}

inline bool read(std::string const& text, bool& value) {
    value = text != "false" && text != "0";
    return true;
}

inline bool read(std::string const& text, PublicId& value) {
    auto const id = PublicId::parse(text);
    if (id) value = *id;
    return id.has_value();
}

template <class T>
requires(std::integral<T> || std::floating_point<T>) bool read(std::string const& text, T& value) {
    auto const end = text.data() + text.size();
    auto const [rest, error] = std::from_chars(text.data(), end, value);
    if constexpr (std::floating_point<T>) {
        if (!(value - value == 0)) return false;  // "inf" and "nan" are no numbers to us
    }
    return error == std::errc{} && rest == end;
}

template <Choice T>
bool read(std::string const& text, T& value) {
    bool found = false;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto choice) {
        if (text == choice.name) {
            value = choice.value;
            found = true;
        }
    });
    return found;
}

/// An empty field leaves the struct's own default, but text takes it as it is.
template <class T>
bool read_field(Fields const& fields, std::string_view name, T& value) {
    auto const* text = fields.find(name);
    if constexpr (std::same_as<T, bool>) {
        value = text != nullptr && read(*text, value) && value;
        return true;
    }
    if (text == nullptr) return true;
    if constexpr (!std::same_as<T, std::string>) {
        if (text->empty()) return true;
    }
    return read(*text, value);
}

template <class T>
bool read_field(Fields const& fields, std::string_view name, std::optional<T>& value) {
    auto const* text = fields.find(name);
    if (text == nullptr) return true;
    if constexpr (!std::same_as<T, std::string>) {
        if (text->empty()) return true;
    }
    return read(*text, value.emplace());
}

template <class T>
bool read_field(Fields const& fields, std::string_view name, std::vector<T>& value) {
    for (auto const& text : fields.all(name)) {
        T element{};
        if (!read(text, element)) return false;
        value.push_back(std::move(element));
    }
    return true;
}

}  // namespace forms

/// The described struct T from a form: text, numbers, bool (a checkbox: there and not "false" or
/// "0"), described enums, PublicId, optional and vector of these. Fields that T doesn't have are
/// ignored; what can't be understood throws Refusal::mistakes with "form.not_understood".
template <class T>
[[nodiscard]] T read_form(Fields const& fields) {
    T form{};
    Mistakes mistakes;
    using Members = boost::describe::describe_members<T, boost::describe::mod_public |
                                                             boost::describe::mod_inherited>;
    boost::mp11::mp_for_each<Members>([&](auto member) {
        if (!forms::read_field(fields, member.name, form.*member.pointer)) {
            mistakes.add(member.name, "form.not_understood");
        }
    });
    mistakes.throw_if_any();
    return form;
}

}  // namespace kith::web
