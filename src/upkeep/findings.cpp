#include "upkeep/findings.hpp"

namespace kith::upkeep {

ToldFinding tell(web::Words const& words, std::string_view language, Finding const& finding) {
    auto const say = [&](std::string const& word) {
        return words.say(language, "upkeep.health_" + word,
                         {{"what", finding.what}, {"count", finding.count}});
    };
    ToldFinding told{say("about_" + finding.about), say(finding.word), {}};
    if (finding.verdict != Verdict::ok) told.to_do = say(finding.word + "_do");
    return told;
}

}  // namespace kith::upkeep
