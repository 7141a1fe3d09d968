#include "simulate/ledger.hpp"

namespace kith::simulate {

std::size_t Ledger::add(Said words) {
    auto const number = said.size();
    if (words.tone == Tone::kind && words.answers)
        kindnesses.push_back(
            {words.author, said.at(*words.answers).author, words.hour, *words.answers, true});
    if (words.comment.empty())
        by_url.emplace(words.url, number);
    else
        by_comment.emplace(words.comment, number);
    said.push_back(std::move(words));
    return number;
}

}  // namespace kith::simulate
