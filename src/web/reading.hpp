#pragma once

#include <string>

#include "base/clock.hpp"

namespace kith::web {

class Words;

/// For whom something is rendered: their language, their zone, and the moment it is for them.
struct Reading {
    Words const* words = nullptr;
    std::string language = "en";  ///< one of Words::languages(); any other reads as English
    std::string zone = "UTC";     ///< IANA name, "Europe/Berlin"; an unknown one reads as UTC
    Time now;
    bool rtl = false;  ///< see Words::rtl()
};

/// The reading of someone who reads `language` in `zone` (empty: UTC) at the moment `now`.
[[nodiscard]] Reading make_reading(Words const& words, std::string language, std::string zone,
                                   Time now);

}  // namespace kith::web
