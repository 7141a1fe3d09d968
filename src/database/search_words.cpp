#include "database/search_words.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/limits.hpp"
#include "base/text.hpp"
#include "database/search_split.hpp"

namespace kith::database {
namespace {

bool in(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

bool is_mark(char32_t c) {
    return (U_MASK(u_charType(static_cast<UChar32>(c))) & U_GC_M_MASK) != 0;
}

/// What is passed over without ending a word: accents, Arabic and Hebrew vowel signs, the Arabic
/// stroke that only stretches, joiners, soft hyphens.
bool is_passed_over(char32_t c) {
    bool const vowel_sign = in(c, 0x300, 0x36F) || in(c, 0x591, 0x5C7) || in(c, 0x64B, 0x65F) ||
                            c == 0x670 || in(c, 0x6D6, 0x6ED);
    return (vowel_sign && is_mark(c)) || c == 0x640 || c == 0xAD || in(c, 0x200B, 0x200D) ||
           in(c, 0xFE00, 0xFE0F);
}

/// Whether words of this letter's script are written together.
bool is_written_together(char32_t c) {
    if (c < 0xE00) return false;
    return in(c, 0xE00, 0xEFF) || in(c, 0x1000, 0x109F) || in(c, 0x1780, 0x17FF) ||
           in(c, 0x3041, 0x318F) || in(c, 0x31F0, 0x31FF) || in(c, 0xAC00, 0xD7A3) ||
           u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_IDEOGRAPHIC) != 0;
}

/// Letters that stand for others, or are commonly typed as others.
std::u32string_view other_letters(char32_t c) {
    switch (c) {
        case 0xDF:
        case 0x1E9E: return U"ss";
        case 0xE6:
        case 0xC6: return U"ae";
        case 0x153:
        case 0x152: return U"oe";
        case 0xF8:
        case 0xD8: return U"o";
        case 0x142:
        case 0x141: return U"l";
        case 0x111:
        case 0x110: return U"d";
        case 0x131:
        case 0x130: return U"i";
        case 0x629: return U"\x647";  // teh marbuta
        case 0x649:                   // alef maksura
        case 0x6CC: return U"\x64A";  // the Persian yeh
        case 0x6A9: return U"\x643";  // the Persian kaf
        default: return {};
    }
}

void fold_one(char32_t c, std::u32string& out) {
    if (is_passed_over(c)) return;
    if (auto const others = other_letters(c); !others.empty()) {
        out += others;
        return;
    }
    if (auto const digit = u_charDigitValue(static_cast<UChar32>(c)); digit >= 0) {
        out += static_cast<char32_t>('0' + digit);
        return;
    }
    out += static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
}

/// The letters that `c` is looked for as; none for what is passed over.
void fold(char32_t c, std::u32string& out) {
    out.clear();
    if (c < 0x80) {
        out += in(c, 'A', 'Z') ? c + 32 : c;
        return;
    }
    bool const kana_or_hangul = in(c, 0x3041, 0x30FF) || in(c, 0xAC00, 0xD7A3);
    UErrorCode failure = U_ZERO_ERROR;
    auto const* const plain = kana_or_hangul ? nullptr : unorm2_getNFKDInstance(&failure);
    std::array<UChar, 32> units{};
    auto const count = plain == nullptr
                           ? -1
                           : unorm2_getDecomposition(plain, static_cast<UChar32>(c), units.data(),
                                                     units.size(), &failure);
    if (count < 0 || U_FAILURE(failure) != 0) {
        fold_one(c, out);
        return;
    }
    for (std::int32_t at = 0; at < count;) {
        UChar32 part = 0;
        U16_NEXT(units.data(), at, count, part);
        fold_one(static_cast<char32_t>(part), out);
    }
}

bool is_of_a_word(char32_t c) {
    if (c < 0x80) return in(c, 'a', 'z') || in(c, '0', '9');
    return u_isalnum(static_cast<UChar32>(c)) != 0 || is_mark(c);
}

/// Gathers letters into words, and pairs of letters where words are written together.
class Splitter {
public:
    Splitter(SplitFor purpose, std::size_t at_most) : purpose_(purpose), at_most_(at_most) {}

    void letter(char32_t c, std::size_t begin, std::size_t end) {
        if (is_written_together(c)) {
            end_word();
            run_.push_back({c, begin, end});
            return;
        }
        end_run(false);
        if (length_ == 0) word_.begin = begin;
        if (length_++ < limits::search_word_characters_max) append_utf8(word_.text, c);
        word_.end = end;
    }
    void gap() {
        end_word();
        end_run(false);
    }
    [[nodiscard]] bool full() const { return tokens_.size() >= at_most_; }
    std::vector<SearchToken> finish() {
        end_word();
        end_run(true);
        if (full()) tokens_.resize(at_most_);
        return std::move(tokens_);
    }

private:
    struct Letter {
        char32_t c;
        std::size_t begin;
        std::size_t end;
    };

    void end_word() {
        if (length_ == 0) return;
        tokens_.push_back(std::exchange(word_, {}));
        length_ = 0;
    }
    /// A last letter stands alone too: what is looked for may begin with it, and go on after it.
    void end_run(bool last) {
        for (std::size_t at = 0; at < run_.size(); ++at) {
            bool const pair = at + 1 < run_.size();
            bool const wanted = purpose_ == SplitFor::index || !last || run_.size() == 1;
            if (!pair && !wanted) continue;
            SearchToken token{{}, run_[at].begin, run_[pair ? at + 1 : at].end};
            append_utf8(token.text, run_[at].c);
            if (pair) append_utf8(token.text, run_[at + 1].c);
            tokens_.push_back(std::move(token));
        }
        run_.clear();
    }

    SplitFor purpose_;
    std::size_t at_most_;
    std::vector<SearchToken> tokens_;
    SearchToken word_;
    std::size_t length_ = 0;
    std::vector<Letter> run_;
};

}  // namespace

std::vector<SearchToken> split_for(std::string_view text, SplitFor purpose, std::size_t at_most) {
    Splitter splitter(purpose, at_most);
    std::u32string letters;
    auto rest = text;
    while (!rest.empty() && !splitter.full()) {
        auto const begin = text.size() - rest.size();
        auto const c = next_code_point(rest);
        auto const end = text.size() - rest.size();
        if (!c) {
            splitter.gap();
            continue;
        }
        fold(*c, letters);
        for (auto const letter : letters) {
            if (is_of_a_word(letter)) {
                splitter.letter(letter, begin, end);
            } else {
                splitter.gap();
            }
        }
    }
    return splitter.finish();
}

bool ends_written_together(std::string_view token) {
    std::optional<char32_t> last;
    while (!token.empty()) last = next_code_point(token);
    return last && is_written_together(*last);
}

std::vector<SearchToken> search_tokens(std::string_view text, std::size_t at_most) {
    return split_for(text, SplitFor::index, at_most);
}

std::string search_words(std::string_view text) {
    std::string words;
    auto const add = [&](std::string_view word) {
        if (words.size() + word.size() >= limits::search_bytes_max) return;
        if (!words.empty()) words += ' ';
        words += word;
    };
    // Letters of what is written together stand alone behind all else, each once.
    std::set<std::string_view> letters;
    auto const tokens = search_tokens(text, limits::search_words_max);
    for (auto const& token : tokens) {
        add(token.text);
        if (!ends_written_together(token.text)) continue;
        std::string_view rest = token.text;
        while (!rest.empty()) {
            auto const begin = rest;
            static_cast<void>(next_code_point(rest));
            letters.insert(begin.substr(0, begin.size() - rest.size()));
        }
    }
    for (auto const letter : letters) add(letter);
    return words;
}

}  // namespace kith::database
