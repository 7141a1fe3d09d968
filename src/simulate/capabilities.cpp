#include "simulate/capabilities.hpp"

namespace kith::simulate {

std::vector<Capability> capabilities(Setting setting) {
    if (setting == Setting::forum)
        return {hello_capability(),     commons_capability(), hard_words_capability(),
                answering_capability(), harming_capability(), keeping_capability()};
    return {hello_capability(),      commons_capability(),    circle_capability(),
            hard_words_capability(), unanswered_capability(), answering_capability(),
            harming_capability(),    distance_capability(),   keeping_capability()};
}

}  // namespace kith::simulate
