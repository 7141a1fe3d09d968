#pragma once

#include <string>
#include <vector>

#include "database/session.hpp"
#include "web/site.hpp"

namespace kith::circles {

/// Who belongs to the circles of a demo community.
struct DemoPeople {
    Id<Member> guide;                 ///< keeps one circle
    Id<Member> keeper;                ///< keeps the other
    std::vector<Id<Member>> members;  ///< belong to both and speak in turn; at least two
};

/// Makes two circles of our own with conversations; gives their paths.
std::vector<std::string> circles_demo(web::Site& site, database::Write& write,
                                      DemoPeople const& people);

}  // namespace kith::circles
