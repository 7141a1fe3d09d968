#pragma once

#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/reading.hpp"
#include "web/words.hpp"

namespace kith::web {

/// The classes into which languages sort numbers (Unicode TR 35, "Language Plural Rules").
enum class PluralForm : std::uint8_t { zero, one, two, few, many, other };

/// How one language counts and writes numbers. Safe to read from any thread.
class NumberRules {
public:
    explicit NumberRules(std::string const& language);

    [[nodiscard]] PluralForm form_of(double number, bool ordinal) const;
    void write(std::string& out, std::int64_t number) const;
    void write(std::string& out, double number) const;

private:
    static constexpr std::size_t counted = 128;  ///< small numbers, sorted at start
    using Rules = std::unique_ptr<icu::PluralRules>;
    using Forms = std::array<PluralForm, counted>;

    static Forms first_forms(icu::PluralRules const& rules);

    Rules cardinal_;
    Rules ordinal_;
    Forms cardinal_forms_;
    Forms ordinal_forms_;
    icu::number::LocalizedNumberFormatter numbers_;
    bool ascii_digits_;
};

struct MessageStep;
using Message = std::vector<MessageStep>;

/// A choice's branch: for an exact number, a plural form, or a word ("other" for the rest).
struct MessageBranch {
    std::optional<std::int64_t> exactly;
    PluralForm form = PluralForm::other;
    std::string word;
    Message message;
};

/// One piece of a sentence: text, a placeholder, or a choice between whole pieces.
struct MessageStep {
    enum class Kind { text, placeholder, date, time_of_day, count, plural, ordinal, select };

    Kind kind = Kind::text;
    std::string plain = {};       ///< text
    std::string html = {};        ///< the same, escaped
    std::size_t placeholder = 0;  ///< index in the sentence's placeholders
    std::int64_t offset = 0;      ///< plural: what '#' and the rules leave out
    std::vector<MessageBranch> branches = {};
};

/// Reads ICU's message format; new placeholders are appended to `placeholders`.
/// Throws WordsFault for what isn't understood, and for markup.
[[nodiscard]] Message parse_message(std::string_view source,
                                    std::vector<std::string>& placeholders);

/// The indexes of the placeholders that `message` uses.
void collect_placeholders(Message const& message, std::vector<std::size_t>& used);

/// Writes the sentence for `values`, which stand in the order of its placeholders.
void write_message(std::string& out, Message const& message, NumberRules const& rules,
                   std::span<WordValue const> values, Reading const& reading, Escaping escaping);

}  // namespace kith::web
