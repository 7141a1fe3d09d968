#include "web/negotiate.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/limits.hpp"
#include "base/text.hpp"

namespace kith::web {

namespace {

/// One item of an Accept-like header; quality in thousandths.
struct Preference {
    std::string value;
    int quality = 1000;
};

std::optional<int> read_quality(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return {};
    int quality = (text[0] - '0') * 1000;
    if (text.size() == 1) return quality;
    if (text[1] != '.') return {};
    int weight = 100;
    for (char const digit : text.substr(2)) {
        if (digit < '0' || digit > '9') return {};
        quality += (digit - '0') * weight;
        weight /= 10;
    }
    return quality <= 1000 ? std::optional(quality) : std::nullopt;
}

bool is_token(std::string_view text) {
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~/";
    for (char const c : text) {
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !(c >= '0' && c <= '9') && marks.find(c) == marks.npos) return false;
    }
    return !text.empty();
}

std::optional<Preference> read_preference(std::string_view item) {
    auto const value_end = item.find(';');
    Preference preference{lower_ascii(trim(item.substr(0, value_end)))};
    if (!is_token(preference.value)) return {};
    while (item.find(';') != item.npos) {
        item.remove_prefix(item.find(';') + 1);
        auto const parameter = trim(item.substr(0, item.find(';')));
        if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) continue;
        auto const quality = read_quality(parameter.substr(2));
        if (!quality) return {};
        preference.quality = *quality;
    }
    return preference;
}

/// The header's items in order, or nothing if one can't be read.
std::optional<std::vector<Preference>> read_preferences(std::string_view header) {
    std::vector<Preference> preferences;
    while (!header.empty() && preferences.size() < limits::negotiation_items_max) {
        auto const comma = header.find(',');
        auto const item = trim(header.substr(0, comma));
        header.remove_prefix(comma == header.npos ? header.size() : comma + 1);
        if (item.empty()) continue;
        auto preference = read_preference(item);
        if (!preference) return {};
        preferences.push_back(std::move(*preference));
    }
    return preferences;
}

/// Quality first, then how exactly the item names the type.
struct Liking {
    int quality = 0;
    int exactness = 0;
    // NOLINTNEXTLINE(modernize-use-nullptr): it takes what <=> is compared with for a pointer
    auto operator<=>(Liking const&) const = default;
};

Liking liking_of(std::span<Preference const> preferences, std::string_view type,
                 std::string_view other_name, std::string_view family) {
    Liking liking;
    for (auto const& [value, quality] : preferences) {
        int const exactness = value == type || value == other_name ? 3
                              : value == family                    ? 2
                              : value == "*/*"                     ? 1
                                                                   : 0;
        if (exactness > liking.exactness) liking = {quality, exactness};
    }
    return liking;
}

/// Whether a language range and a language on offer are the same or one narrows the other.
bool speaks(std::string_view range, std::string_view offered) {
    auto const [shorter, longer] =
        range.size() < offered.size() ? std::pair(range, offered) : std::pair(offered, range);
    return longer.starts_with(shorter) &&
           (longer.size() == shorter.size() || longer[shorter.size()] == '-');
}

int quality_of(std::span<Preference const> preferences, std::string_view coding, int unsaid) {
    int any = unsaid;
    for (auto const& [value, quality] : preferences) {
        if (value == coding) return quality;
        if (value == "*") any = quality;
    }
    return any;
}

}  // namespace

Face preferred_face(std::string_view accept) {
    auto const preferences = read_preferences(accept);
    if (!preferences) return Face::html;
    auto const html = liking_of(*preferences, "text/html", "application/xhtml+xml", "text/*");
    auto const json =
        liking_of(*preferences, "application/json", "application/problem+json", "application/*");
    return json.quality > 0 && json > html ? Face::json : Face::html;
}

std::string preferred_language(std::string_view accept_language,
                               std::span<std::string const> offered, std::string_view otherwise) {
    auto fallback = offered.empty() ? std::string() : offered.front();
    if (std::ranges::find(offered, otherwise) != offered.end()) fallback = otherwise;
    auto const preferences = read_preferences(accept_language);
    if (!preferences) return fallback;
    auto best = fallback;
    int best_quality = 0;
    for (auto const& [range, quality] : *preferences) {
        if (quality <= best_quality) continue;
        if (range == "*") {
            best = fallback;
            best_quality = quality;
            continue;
        }
        for (auto const& language : offered) {
            if (!speaks(range, lower_ascii(language))) continue;
            best = language;
            best_quality = quality;
            break;
        }
    }
    return best;
}

Encoding preferred_encoding(std::string_view accept_encoding) {
    auto const preferences = read_preferences(accept_encoding);
    if (!preferences || preferences->empty()) return Encoding::identity;
    auto best = Encoding::identity;
    int quality = 0;
    for (auto const& preference : *preferences)
        if (preference.value == "identity") quality = preference.quality;
    int const gzip = quality_of(*preferences, "gzip", 0);
    if (gzip > 0 && gzip >= quality) {
        best = Encoding::gzip;
        quality = gzip;
    }
    int const brotli = quality_of(*preferences, "br", 0);
    if (brotli > 0 && brotli >= quality) best = Encoding::brotli;
    return best;
}

}  // namespace kith::web
