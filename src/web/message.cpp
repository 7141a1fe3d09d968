#include "web/message.hpp"

#include <unicode/locid.h>

#include <charconv>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "web/escape.hpp"
#include "web/moment.hpp"

namespace kith::web {

namespace {

using Kind = MessageStep::Kind;

void must(UErrorCode status) {
    if (U_FAILURE(status) != 0)
        throw std::runtime_error(std::string("the Unicode library: ") + u_errorName(status));
}

PluralForm form_named(icu::UnicodeString const& name) {
    if (name == u"zero") return PluralForm::zero;
    if (name == u"one") return PluralForm::one;
    if (name == u"two") return PluralForm::two;
    if (name == u"few") return PluralForm::few;
    if (name == u"many") return PluralForm::many;
    return PluralForm::other;
}

template <class Number>
void append_digits(std::string& out, Number number) {
    std::array<char, 32> digits{};
    auto const [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc{}) out.append(digits.data(), end);
}

template <class Number>
std::optional<Number> read_number(std::string_view text) {
    Number number{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return number;
}

/// The number that a plural counts; text may spell one (the arguments of a FieldMistake do).
double count_of(WordValue const& value) {
    if (auto const* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    if (auto const* real = std::get_if<double>(&value)) return *real;
    if (auto const* text = std::get_if<std::string_view>(&value))
        return read_number<double>(*text).value_or(0);
    return 0;
}

class Writer {
public:
    Writer(std::string& out, NumberRules const& rules, std::span<WordValue const> values,
           Reading const& reading, Escaping escaping)
        : out_(out), rules_(rules), values_(values), reading_(reading), escaping_(escaping) {}

    void write(Message const& message) {
        for (auto const& step : message) write(step);
    }

private:
    void write(MessageStep const& step) {
        auto const& value = value_of(step);
        switch (step.kind) {
            case Kind::text: out_ += escaping_ == Escaping::html ? step.html : step.plain; return;
            case Kind::placeholder: return write_value(value);
            case Kind::date:
                if (auto const* time = std::get_if<Time>(&value)) write_date(out_, *time, reading_);
                return;
            case Kind::time_of_day:
                if (auto const* time = std::get_if<Time>(&value))
                    write_time_of_day(out_, *time, reading_);
                return;
            case Kind::count:
                return write_count(count_of(value) - static_cast<double>(step.offset));
            case Kind::plural:
            case Kind::ordinal: return write_plural(step, count_of(value));
            case Kind::select: return write_select(step, value);
        }
    }

    [[nodiscard]] WordValue const& value_of(MessageStep const& step) const {
        static WordValue const nothing;
        bool const given = step.kind != Kind::text && step.placeholder < values_.size();
        return given ? values_[step.placeholder] : nothing;
    }

    void write_text(std::string_view text) {
        if (escaping_ == Escaping::html) {
            append_escaped(out_, text);
        } else {
            out_ += text;
        }
    }

    void write_count(double count) {
        if (count == std::floor(count) && std::abs(count) < 1e15) {
            rules_.write(out_, static_cast<std::int64_t>(count));
        } else {
            rules_.write(out_, count);
        }
    }

    void write_value(WordValue const& value) {
        if (auto const* text = std::get_if<std::string_view>(&value)) return write_text(*text);
        if (auto const* whole = std::get_if<std::int64_t>(&value))
            return rules_.write(out_, *whole);
        if (auto const* real = std::get_if<double>(&value)) return rules_.write(out_, *real);
        if (auto const* truth = std::get_if<bool>(&value))
            return write_text(*truth ? "true" : "false");
        if (auto const* time = std::get_if<Time>(&value)) write_moment(out_, *time, reading_);
    }

    void write_plural(MessageStep const& step, double count) {
        for (auto const& branch : step.branches)
            if (branch.exactly && static_cast<double>(*branch.exactly) == count)
                return write(branch.message);
        auto const form =
            rules_.form_of(count - static_cast<double>(step.offset), step.kind == Kind::ordinal);
        Message const* other = nullptr;
        for (auto const& branch : step.branches) {
            if (branch.exactly) continue;
            if (branch.form == form) return write(branch.message);
            if (branch.form == PluralForm::other) other = &branch.message;
        }
        if (other != nullptr) write(*other);
    }

    void write_select(MessageStep const& step, WordValue const& value) {
        std::string word;
        if (auto const* text = std::get_if<std::string_view>(&value)) word = *text;
        if (auto const* truth = std::get_if<bool>(&value)) word = *truth ? "true" : "false";
        if (auto const* whole = std::get_if<std::int64_t>(&value)) append_digits(word, *whole);
        Message const* other = nullptr;
        for (auto const& branch : step.branches) {
            if (branch.word == word) return write(branch.message);
            if (branch.word == "other") other = &branch.message;
        }
        if (other != nullptr) write(*other);
    }

    std::string& out_;
    NumberRules const& rules_;
    std::span<WordValue const> values_;
    Reading const& reading_;
    Escaping escaping_;
};

std::unique_ptr<icu::PluralRules> plural_rules(icu::Locale const& locale, UPluralType type) {
    auto status = U_ZERO_ERROR;
    std::unique_ptr<icu::PluralRules> rules(icu::PluralRules::forLocale(locale, type, status));
    must(status);
    return rules;
}

}  // namespace

NumberRules::NumberRules(std::string const& language)
    : cardinal_(plural_rules(icu::Locale(language.c_str()), UPLURAL_TYPE_CARDINAL)),
      ordinal_(plural_rules(icu::Locale(language.c_str()), UPLURAL_TYPE_ORDINAL)),
      cardinal_forms_(first_forms(*cardinal_)),
      ordinal_forms_(first_forms(*ordinal_)),
      numbers_(icu::number::NumberFormatter::withLocale(icu::Locale(language.c_str()))),
      ascii_digits_(false) {
    std::string seven;
    write(seven, std::int64_t{7});
    ascii_digits_ = seven == "7";
}

NumberRules::Forms NumberRules::first_forms(icu::PluralRules const& rules) {
    Forms forms{};
    for (std::size_t i = 0; i < counted; ++i)
        forms[i] = form_named(rules.select(static_cast<int32_t>(i)));
    return forms;
}

PluralForm NumberRules::form_of(double number, bool ordinal) const {
    if (number >= 0 && number < static_cast<double>(counted) && number == std::floor(number)) {
        auto const& forms = ordinal ? ordinal_forms_ : cardinal_forms_;
        return forms[static_cast<std::size_t>(number)];
    }
    return form_named((ordinal ? ordinal_ : cardinal_)->select(number));
}

void NumberRules::write(std::string& out, std::int64_t number) const {
    if (ascii_digits_ && number >= 0 && number < 1000) return append_digits(out, number);
    auto status = U_ZERO_ERROR;
    numbers_.formatInt(number, status).toTempString(status).toUTF8String(out);
    must(status);
}

void NumberRules::write(std::string& out, double number) const {
    auto status = U_ZERO_ERROR;
    numbers_.formatDouble(number, status).toTempString(status).toUTF8String(out);
    must(status);
}

void write_message(std::string& out, Message const& message, NumberRules const& rules,
                   std::span<WordValue const> values, Reading const& reading, Escaping escaping) {
    Writer(out, rules, values, reading, escaping).write(message);
}

}  // namespace kith::web
