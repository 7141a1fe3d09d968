#include "web/zones.hpp"

#include <unicode/strenum.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <memory>

namespace kith::web {
namespace {

std::vector<std::string> read_zones() {
    std::vector<std::string> zones{"UTC"};
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::StringEnumeration> const names(icu::TimeZone::createTimeZoneIDEnumeration(
        UCAL_ZONE_TYPE_CANONICAL_LOCATION, nullptr, nullptr, status));
    while (U_SUCCESS(status) && names) {
        auto const* name = names->next(nullptr, status);
        if (name == nullptr) break;
        zones.emplace_back(name);
    }
    std::ranges::sort(zones);
    return zones;
}

}  // namespace

std::vector<std::string> const& all_zones() {
    static std::vector<std::string> const zones = read_zones();
    return zones;
}

bool is_zone(std::string_view zone) { return std::ranges::binary_search(all_zones(), zone); }

}  // namespace kith::web
