#include "essays/essay_diff.hpp"

#include <algorithm>
#include <span>

#include "base/limits.hpp"

namespace kith::essays {
namespace {

using Piece = std::string_view;
using Pieces = std::vector<Piece>;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }

/// Paragraphs, each with the line ends after it.
Pieces paragraphs_of(std::string_view text) {
    Pieces pieces;
    while (!text.empty()) {
        auto end = std::min(text.find('\n'), text.size());
        while (end < text.size() && text[end] == '\n') ++end;
        pieces.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return pieces;
}

/// Words, and the white space between them as pieces of its own.
Pieces words_of(std::string_view text) {
    Pieces pieces;
    while (!text.empty()) {
        bool const space = is_space(text.front());
        std::size_t end = 1;
        while (end < text.size() && is_space(text[end]) == space) ++end;
        pieces.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return pieces;
}

/// One step of the shortest way: `length` pieces that share a fate.
struct Step {
    Fate fate;
    std::size_t length;
};

void add_step(std::vector<Step>& steps, Fate fate, std::size_t length) {
    if (length == 0) return;
    if (!steps.empty() && steps.back().fate == fate) {
        steps.back().length += length;
    } else {
        steps.push_back({fate, length});
    }
}

/// Myers, "An O(ND) Difference Algorithm" (1986), greedy and forward; empty when the way is longer
/// than limits::difference_steps_max, which bounds time and memory.
class ShortestWay {
public:
    ShortestWay(std::span<Piece const> before, std::span<Piece const> after)
        : before_(before), after_(after) {}

    std::vector<Step> find() {
        auto const steps_max = static_cast<std::ptrdiff_t>(
            std::min(before_.size() + after_.size(), limits::difference_steps_max));
        std::vector<std::ptrdiff_t> furthest(static_cast<std::size_t>(2 * steps_max + 3), 0);
        auto const middle = steps_max + 1;
        for (std::ptrdiff_t d = 0; d <= steps_max; ++d) {
            // Only the diagonals that the last round reached are needed to find the way back.
            trace_.emplace_back(furthest.begin() + (middle - d - 1),
                                furthest.begin() + (middle + d + 2));
            for (auto k = -d; k <= d; k += 2) {
                auto x = begin_of(furthest, middle, d, k);
                while (x < length(before_) && x - k < length(after_) && same(x, x - k)) ++x;
                furthest[static_cast<std::size_t>(middle + k)] = x;
                if (x >= length(before_) && x - k >= length(after_)) return way_back(d);
            }
        }
        return {};
    }

private:
    static std::ptrdiff_t length(std::span<Piece const> pieces) {
        return static_cast<std::ptrdiff_t>(pieces.size());
    }
    bool same(std::ptrdiff_t x, std::ptrdiff_t y) const {
        return before_[static_cast<std::size_t>(x)] == after_[static_cast<std::size_t>(y)];
    }
    static std::ptrdiff_t begin_of(std::vector<std::ptrdiff_t> const& furthest,
                                   std::ptrdiff_t middle, std::ptrdiff_t d, std::ptrdiff_t k) {
        auto const at = [&](std::ptrdiff_t diagonal) {
            return furthest[static_cast<std::size_t>(middle + diagonal)];
        };
        bool const down = k == -d || (k != d && at(k - 1) < at(k + 1));
        return down ? at(k + 1) : at(k - 1) + 1;
    }

    std::vector<Step> way_back(std::ptrdiff_t found_at) const {
        std::vector<Step> steps;
        auto x = length(before_);
        auto y = length(after_);
        for (auto d = found_at; d > 0; --d) {
            auto const& furthest = trace_[static_cast<std::size_t>(d)];
            auto const middle = d + 1;
            auto const k = x - y;
            auto const start = begin_of(furthest, middle, d, k);
            auto const at = [&](std::ptrdiff_t diagonal) {
                return furthest[static_cast<std::size_t>(middle + diagonal)];
            };
            bool const down = k == -d || (k != d && at(k - 1) < at(k + 1));
            add_step(steps, Fate::same, static_cast<std::size_t>(x - start));
            add_step(steps, down ? Fate::added : Fate::removed, 1);
            x = down ? start : start - 1;
            y = x - (down ? k + 1 : k - 1);
        }
        add_step(steps, Fate::same, static_cast<std::size_t>(x));
        std::reverse(steps.begin(), steps.end());
        return steps;
    }

    std::span<Piece const> before_;
    std::span<Piece const> after_;
    std::vector<std::vector<std::ptrdiff_t>> trace_;
};

std::vector<Step> steps_between(std::span<Piece const> before, std::span<Piece const> after) {
    std::size_t head = 0;
    auto const shorter = std::min(before.size(), after.size());
    while (head < shorter && before[head] == after[head]) ++head;
    std::size_t tail = 0;
    while (tail < shorter - head &&
           before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;
    auto const inner_before = before.subspan(head, before.size() - head - tail);
    auto const inner_after = after.subspan(head, after.size() - head - tail);
    std::vector<Step> steps;
    add_step(steps, Fate::same, head);
    auto inner = ShortestWay(inner_before, inner_after).find();
    if (inner.empty()) {
        add_step(inner, Fate::removed, inner_before.size());
        add_step(inner, Fate::added, inner_after.size());
    }
    for (auto const& step : inner) add_step(steps, step.fate, step.length);
    add_step(steps, Fate::same, tail);
    return steps;
}

void add_part(std::vector<DiffPart>& parts, Fate fate, std::string_view text) {
    if (text.empty()) return;
    if (!parts.empty() && parts.back().fate == fate) {
        parts.back().text += text;
    } else {
        parts.push_back({fate, std::string(text)});
    }
}

std::string_view joined(std::span<Piece const> pieces) {
    if (pieces.empty()) return {};
    auto const* end = pieces.back().data() + pieces.back().size();
    return {pieces.front().data(), static_cast<std::size_t>(end - pieces.front().data())};
}

/// Walks the steps between two lists of pieces: `same` pieces, or a change of some into others.
template <class Same, class Changed>
void walk(std::span<Piece const> before, std::span<Piece const> after, Same same, Changed changed) {
    std::size_t x = 0;
    std::size_t y = 0;
    std::size_t removed = 0;
    std::size_t added = 0;
    auto const settle = [&] {
        if (removed + added == 0) return;
        changed(joined(before.subspan(x - removed, removed)),
                joined(after.subspan(y - added, added)));
        removed = added = 0;
    };
    for (auto const& step : steps_between(before, after)) {
        if (step.fate == Fate::same) {
            settle();
            same(joined(before.subspan(x, step.length)));
        }
        if (step.fate != Fate::added) x += step.length;
        if (step.fate != Fate::removed) y += step.length;
        if (step.fate == Fate::removed) removed += step.length;
        if (step.fate == Fate::added) added += step.length;
    }
    settle();
}

void add_word_difference(std::vector<DiffPart>& parts, std::string_view before,
                         std::string_view after) {
    auto const words_before = words_of(before);
    auto const words_after = words_of(after);
    walk(
        words_before, words_after,
        [&](std::string_view text) { add_part(parts, Fate::same, text); },
        [&](std::string_view removed, std::string_view added) {
            add_part(parts, Fate::removed, removed);
            add_part(parts, Fate::added, added);
        });
}

}  // namespace

std::vector<DiffPart> difference(std::string_view before, std::string_view after) {
    std::vector<DiffPart> parts;
    auto const paragraphs_before = paragraphs_of(before);
    auto const paragraphs_after = paragraphs_of(after);
    walk(
        paragraphs_before, paragraphs_after,
        [&](std::string_view text) { add_part(parts, Fate::same, text); },
        [&](std::string_view removed, std::string_view added) {
            add_word_difference(parts, removed, added);
        });
    return parts;
}

std::vector<DiffPart> shortened(std::vector<DiffPart> parts) {
    // A word and the space after it are two pieces.
    constexpr auto around = 2 * limits::difference_around_words;
    std::vector<DiffPart> result;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto const words = words_of(parts[i].text);
        auto const first = i == 0 ? 0 : around;
        auto const last = i + 1 == parts.size() ? 0 : around;
        if (parts[i].fate != Fate::same || words.size() <= first + last + around) {
            result.push_back(std::move(parts[i]));
            continue;
        }
        std::span<Piece const> const all(words);
        add_part(result, Fate::same, joined(all.first(first)));
        result.push_back({Fate::gap, {}});
        add_part(result, Fate::same, joined(all.last(last)));
    }
    return result;
}

}  // namespace kith::essays
