#include "web/command.hpp"

#include "web/site.hpp"

namespace kith::web {

CommandRefused in_words(Site const& site, Refusal const& refusal) {
    auto sentence = site.words.say("en", refusal.word(), refusal.arguments());
    for (auto const& mistake : refusal.fields())
        sentence +=
            " " + mistake.field + ": " + site.words.say("en", mistake.word, mistake.arguments);
    return CommandRefused(sentence);
}

}  // namespace kith::web
