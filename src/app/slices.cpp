#include "app/slices.hpp"

#include "app/home_slice.hpp"
#include "bonds/bonds_slice.hpp"
#include "circles/circles_slice.hpp"
#include "distance/distance_slice.hpp"
#include "essays/essays_slice.hpp"
#include "letters/letters_slice.hpp"
#include "members/members_slice.hpp"
#include "notify/notify_slice.hpp"
#include "search/search_slice.hpp"
#include "simulate/simulate_slice.hpp"
#include "talk/talk_slice.hpp"
#include "upkeep/upkeep_slice.hpp"
#include "welcome/welcome_slice.hpp"

namespace kith::app {

std::vector<web::Slice> all_slices() {
    std::vector<web::Slice> slices;
    slices.push_back(members_slice());
    slices.push_back(distance::distance_slice());
    slices.push_back(notify::notify_slice());
    slices.push_back(bonds::bonds_slice());
    slices.push_back(letters::letters_slice());
    slices.push_back(talk_slice());
    slices.push_back(essays_slice());
    slices.push_back(circles_slice());
    slices.push_back(welcome_slice());
    slices.push_back(search_slice());
    slices.push_back(upkeep_slice());
    slices.push_back(simulate_slice());
    slices.push_back(home_slice());
    return slices;
}

}  // namespace kith::app
