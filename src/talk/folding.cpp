#include "talk/folding.hpp"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace kith::talk {
namespace {

using namespace std::string_view_literals;

/// `text` without case and accents: "Über" and "uber" are the same.
icu::UnicodeString without_accents(std::string_view text) {
    auto status = U_ZERO_ERROR;
    auto const* normalizer = icu::Normalizer2::getNFKDInstance(status);
    auto whole = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    if (U_FAILURE(status)) return whole;
    auto const apart = normalizer->normalize(whole, status);
    icu::UnicodeString plain;
    for (std::int32_t at = 0; at < apart.length(); at = apart.moveIndex32(at, 1)) {
        auto const point = apart.char32At(at);
        if (u_charType(point) != U_NON_SPACING_MARK) plain.append(point);
    }
    return plain.foldCase();
}

/// Whether a tag stands within a line, so that it doesn't part words.
bool is_inline(std::string_view tag) {
    constexpr std::array names{"a"sv, "b"sv, "code"sv, "em"sv, "span"sv, "strong"sv};
    if (tag.starts_with('/')) tag.remove_prefix(1);
    return std::ranges::find(names, tag.substr(0, tag.find(' '))) != names.end();
}

/// Takes a character reference of escape_html() off the front of `rest`.
std::string_view take_character(std::string_view& rest) {
    constexpr std::array references{std::pair("&amp;"sv, "&"sv), std::pair("&lt;"sv, "<"sv),
                                    std::pair("&gt;"sv, ">"sv), std::pair("&quot;"sv, "\""sv),
                                    std::pair("&#39;"sv, "'"sv)};
    for (auto const& [reference, character] : references) {
        if (!rest.starts_with('&')) break;
        if (!rest.starts_with(reference)) continue;
        rest.remove_prefix(reference.size());
        return character;
    }
    auto const one = rest.substr(0, 1);
    rest.remove_prefix(1);
    return one;
}

}  // namespace

std::vector<std::string> compared_words(std::string_view text) {
    auto const plain = without_accents(text);
    auto status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> const breaks(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    std::vector<std::string> words;
    if (U_FAILURE(status)) return words;
    breaks->setText(plain);
    auto begin = breaks->first();
    for (auto end = breaks->next(); end != icu::BreakIterator::DONE; end = breaks->next()) {
        if (breaks->getRuleStatus() >= UBRK_WORD_NONE_LIMIT)
            plain.tempSubStringBetween(begin, end).toUTF8String(words.emplace_back());
        begin = end;
    }
    return words;
}

std::string text_of_html(std::string_view html) {
    std::string text;
    while (!html.empty()) {
        if (!html.starts_with('<')) {
            text += take_character(html);
            continue;
        }
        auto const end = std::min(html.find('>'), html.size() - 1);
        if (!is_inline(html.substr(1, end - 1))) text += '\n';
        html.remove_prefix(end + 1);
    }
    return text;
}

Fold const* fold_in(std::span<Fold const> folds, std::vector<std::string> const& words) {
    for (auto const& fold : folds) {
        // Not std::ranges::search: clang 14 can't read it in g++ 12's library.
        auto const found =
            std::search(words.begin(), words.end(), fold.compared.begin(), fold.compared.end());
        if (!fold.compared.empty() && found != words.end()) return &fold;
    }
    return nullptr;
}

}  // namespace kith::talk
