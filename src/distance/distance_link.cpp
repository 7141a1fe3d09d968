#include "distance/distance_link.hpp"

namespace kith::distance {
namespace {

std::string list_of(PublicId const& member) { return "known as " + member.text(); }

}  // namespace

std::string distance_url(web::Call const& call, PublicId const& member, std::string_view name,
                         std::string_view then) {
    auto const known =
        call.site.seal.cursor(call.viewer(), list_of(member), Seal::Place{std::string(name), 0});
    auto const after = web::url_encode(then);
    std::string url;
    url.reserve(64 + known.size() + after.size());
    url.append("/members/").append(member.text());
    return std::move(url.append("/distance?known=").append(known).append("&then=").append(after));
}

std::optional<std::string> known_name(web::Call const& call, PublicId const& member,
                                      std::string_view known) {
    auto place = call.site.seal.place(call.viewer(), list_of(member), known);
    if (!place) return std::nullopt;
    return std::move(place->words);
}

}  // namespace kith::distance
