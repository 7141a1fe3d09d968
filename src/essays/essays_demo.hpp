#pragma once

#include <string>
#include <vector>

#include "database/session.hpp"
#include "web/site.hpp"

namespace kith::essays {

/// Who writes in a demo community.
struct DemoPeople {
    Id<Member> guide;                 ///< writes two essays, and takes letters
    Id<Member> author;                ///< writes one
    std::vector<Id<Member>> readers;  ///< comment in turn; at least one
};

/// Publishes three essays of our own with comments and replies; gives their paths.
std::vector<std::string> essays_demo(web::Site& site, database::Write& write,
                                     DemoPeople const& people);

}  // namespace kith::essays
