#include <unicode/messagepattern.h>

#include <algorithm>
#include <cmath>

#include "base/limits.hpp"
#include "web/escape.hpp"
#include "web/message.hpp"

namespace kith::web {

namespace {

std::string utf8(icu::UnicodeString const& text) {
    std::string bytes;
    text.toUTF8String(bytes);
    return bytes;
}

std::optional<PluralForm> plural_form(std::string_view word) {
    static constexpr std::array<std::string_view, 6> names{"zero", "one",  "two",
                                                           "few",  "many", "other"};
    auto const found = std::ranges::find(names, word);
    if (found == names.end()) return {};
    return static_cast<PluralForm>(found - names.begin());
}

/// Walks the parts that ICU's own parser found.
class Parser {
public:
    Parser(icu::MessagePattern const& pattern, std::vector<std::string>& placeholders)
        : pattern_(pattern), text_(pattern.getPatternString()), placeholders_(placeholders) {}

    /// The message that begins at part `start` (a MSG_START); `counted` is the plural around it.
    [[nodiscard]] Message message(int32_t start, MessageStep const* counted) {
        Message steps;
        auto from = pattern_.getPart(start).getLimit();
        for (auto i = start + 1;; ++i) {
            auto const& part = pattern_.getPart(i);
            add_text(steps, from, part.getIndex());
            if (part.getType() == UMSGPAT_PART_TYPE_MSG_LIMIT) return steps;
            if (part.getType() == UMSGPAT_PART_TYPE_REPLACE_NUMBER && counted != nullptr)
                steps.push_back({.kind = MessageStep::Kind::count,
                                 .placeholder = counted->placeholder,
                                 .offset = counted->offset});
            if (part.getType() == UMSGPAT_PART_TYPE_ARG_START) {
                steps.push_back(argument(i));
                i = pattern_.getLimitPartIndex(i);
            }
            from = pattern_.getPart(i).getLimit();
        }
    }

private:
    void add_text(Message& steps, int32_t from, int32_t until) const {
        if (until <= from) return;
        auto plain = utf8(text_.tempSubStringBetween(from, until));
        if (steps.empty() || steps.back().kind != MessageStep::Kind::text) steps.emplace_back();
        append_escaped(steps.back().html, plain);
        steps.back().plain += plain;
    }

    [[nodiscard]] std::string text_of(int32_t part) const {
        return utf8(pattern_.getSubstring(pattern_.getPart(part)));
    }

    [[nodiscard]] std::size_t placeholder(std::string const& name) {
        auto const found = std::ranges::find(placeholders_, name);
        if (found != placeholders_.end())
            return static_cast<std::size_t>(found - placeholders_.begin());
        if (placeholders_.size() == limits::sentence_placeholders_max)
            throw WordsFault("more placeholders than a sentence may have");
        placeholders_.push_back(name);
        return placeholders_.size() - 1;
    }

    [[nodiscard]] MessageStep argument(int32_t start) {
        auto const type = pattern_.getPart(start).getArgType();
        auto const name = start + 1;
        if (pattern_.getPart(name).getType() != UMSGPAT_PART_TYPE_ARG_NAME)
            throw WordsFault("a placeholder needs a name, not a number");
        MessageStep step{.kind = MessageStep::Kind::placeholder,
                         .placeholder = placeholder(text_of(name))};
        switch (type) {
            case UMSGPAT_ARG_TYPE_NONE: break;
            case UMSGPAT_ARG_TYPE_SIMPLE: step.kind = simple_kind(text_of(name + 1)); break;
            case UMSGPAT_ARG_TYPE_PLURAL: step.kind = MessageStep::Kind::plural; break;
            case UMSGPAT_ARG_TYPE_SELECTORDINAL: step.kind = MessageStep::Kind::ordinal; break;
            case UMSGPAT_ARG_TYPE_SELECT: step.kind = MessageStep::Kind::select; break;
            default: throw WordsFault("a kind of placeholder that isn't known");
        }
        if (type != UMSGPAT_ARG_TYPE_NONE && type != UMSGPAT_ARG_TYPE_SIMPLE)
            add_branches(step, name + 1);
        return step;
    }

    [[nodiscard]] static MessageStep::Kind simple_kind(std::string const& type) {
        if (type == "number") return MessageStep::Kind::placeholder;
        if (type == "date") return MessageStep::Kind::date;
        if (type == "time") return MessageStep::Kind::time_of_day;
        throw WordsFault("a placeholder of type '" + type + "'; known are number, date and time");
    }

    void add_branches(MessageStep& step, int32_t i) {
        if (icu::MessagePattern::Part::hasNumericValue(pattern_.getPart(i).getType())) {
            step.offset = std::llround(pattern_.getNumericValue(pattern_.getPart(i)));
            ++i;
        }
        while (pattern_.getPart(i).getType() == UMSGPAT_PART_TYPE_ARG_SELECTOR) {
            MessageBranch branch{.exactly = {}, .word = text_of(i), .message = {}};
            ++i;
            if (icu::MessagePattern::Part::hasNumericValue(pattern_.getPart(i).getType())) {
                branch.exactly = std::llround(pattern_.getNumericValue(pattern_.getPart(i)));
                ++i;
            } else if (step.kind != MessageStep::Kind::select) {
                auto const form = plural_form(branch.word);
                if (!form) throw WordsFault("'" + branch.word + "' is no plural form");
                branch.form = *form;
            }
            bool const counts = step.kind != MessageStep::Kind::select;
            branch.message = message(i, counts ? &step : nullptr);
            i = pattern_.getLimitPartIndex(i) + 1;
            step.branches.push_back(std::move(branch));
        }
    }

    icu::MessagePattern const& pattern_;
    icu::UnicodeString const text_;
    std::vector<std::string>& placeholders_;
};

}  // namespace

Message parse_message(std::string_view source, std::vector<std::string>& placeholders) {
    if (source.find_first_of("<>") != source.npos)
        throw WordsFault("a sentence holds no markup: split it in the template");
    auto status = U_ZERO_ERROR;
    UParseError where{};
    auto const text =
        icu::UnicodeString::fromUTF8({source.data(), static_cast<int32_t>(source.size())});
    icu::MessagePattern const pattern(text, &where, status);
    if (U_FAILURE(status) != 0)
        throw WordsFault("not a message, at character " + std::to_string(where.offset) + " (" +
                         u_errorName(status) + ")");
    return Parser(pattern, placeholders).message(0, nullptr);
}

void collect_placeholders(Message const& message, std::vector<std::size_t>& used) {
    for (auto const& step : message) {
        if (step.kind != MessageStep::Kind::text) used.push_back(step.placeholder);
        for (auto const& branch : step.branches) collect_placeholders(branch.message, used);
    }
}

}  // namespace kith::web
