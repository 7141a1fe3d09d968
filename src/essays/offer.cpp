#include "essays/offer.hpp"

namespace kith::essays {

Offer effective_offer(Role role, std::optional<Offer> said) {
    if (said) return *std::move(said);
    Offer offer;
    offer.takes_letters = role >= Role::guide;
    offer.takes_guests = offer.takes_letters;
    return offer;
}

}  // namespace kith::essays
