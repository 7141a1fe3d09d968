#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/resource.hpp"
#include "web/reading.hpp"

namespace kith::web {

/// A catalogue or a template that can't be used; what() says which, where and why. At start only.
class WordsFault final : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What fills a {placeholder}: text, a number, a truth or a moment; nothing renders as nothing.
using WordValue = std::variant<std::monostate, std::string_view, std::int64_t, double, bool, Time>;

/// A placeholder's name and what fills it. Views the text: it must outlive the call.
struct WordArgument {
    template <class Value>
    WordArgument(std::string_view argument, Value const& filling)
        : name(argument), value(value_of(filling)) {}

    std::string_view name;
    WordValue value;

private:
    template <class Value>
    static WordValue value_of(Value const& filling) {
        if constexpr (std::is_same_v<Value, bool> || std::is_same_v<Value, Time> ||
                      std::is_same_v<Value, WordValue>) {
            return filling;
        } else if constexpr (std::is_integral_v<Value>) {
            return static_cast<std::int64_t>(filling);
        } else if constexpr (std::is_floating_point_v<Value>) {
            return static_cast<double>(filling);
        } else {
            return std::string_view(filling);
        }
    }
};

/// Whether a sentence goes into a page (all of it escaped) or anywhere else (as it is).
enum class Escaping { html, none };

/// Every sentence of the product by key and language, in ICU's message format, read at start.
/// English is complete and stands in for what another language lacks. Read-only afterwards.
class Words {
public:
    Words();
    ~Words();
    Words(Words&&) noexcept;
    Words& operator=(Words&&) noexcept;

    /// Adds a catalogue: a flat JSON object from key to message. Throws WordsFault.
    void add(std::string_view language, std::string_view json);
    /// Adds each words/<language>.json of a room.
    void add_room(std::span<Resource const> resources);

    /// The languages that have a catalogue, English first.
    [[nodiscard]] std::vector<std::string> const& languages() const;
    /// Whether `language` is written from right to left.
    [[nodiscard]] static bool rtl(std::string_view language);
    /// The keys that `language` lacks; for "en", the keys that only others have.
    [[nodiscard]] std::vector<std::string> missing(std::string_view language) const;
    /// Sentences about translations that ask for placeholders which English doesn't have.
    [[nodiscard]] std::vector<std::string> disagreements() const;
    [[nodiscard]] bool has(std::string_view key) const;

    /// The sentence in the reader's language. A key that English lacks throws WordsFault.
    [[nodiscard]] std::string say(Reading const& reading, std::string_view key,
                                  std::span<WordArgument const> arguments,
                                  Escaping escaping = Escaping::none) const;
    [[nodiscard]] std::string say(Reading const& reading, std::string_view key,
                                  std::initializer_list<WordArgument> arguments = {}) const;
    /// The same where no moment is told: sentences of mails, of JSON.
    [[nodiscard]] std::string say(std::string_view language, std::string_view key,
                                  std::initializer_list<WordArgument> arguments = {}) const;
    /// For a mistake in a form: see FieldMistake.
    [[nodiscard]] std::string say(
        std::string_view language, std::string_view key,
        std::vector<std::pair<std::string, std::string>> const& arguments) const;

    /// For templates: a sentence found once, and its placeholders in the order `write` wants.
    using Handle = std::size_t;
    [[nodiscard]] Handle find(std::string_view key) const;
    [[nodiscard]] std::vector<std::string> const& placeholders(Handle sentence) const;
    [[nodiscard]] std::size_t language_index(std::string_view language) const;
    void write(std::string& out, Handle sentence, std::size_t language_index,
               std::span<WordValue const> values, Reading const& reading, Escaping escaping) const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace kith::web
