#include "web/reading.hpp"

#include "web/words.hpp"

namespace kith::web {

Reading make_reading(Words const& words, std::string language, std::string zone, Time now) {
    Reading reading;
    reading.words = &words;
    reading.rtl = Words::rtl(language);
    reading.language = std::move(language);
    if (!zone.empty()) reading.zone = std::move(zone);
    reading.now = now;
    return reading;
}

}  // namespace kith::web
