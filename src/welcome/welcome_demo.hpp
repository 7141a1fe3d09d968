#pragma once

#include "database/session.hpp"
#include "web/site.hpp"

namespace kith::welcome {

/// Who says hello in a demo community, and who answers.
struct DemoPeople {
    Id<Member> greeter;
    Id<Member> newcomer;
};

/// A greeter, a hello that waits for them, and whatever is due to travel on.
void welcome_demo(web::Site& site, database::Write& write, DemoPeople const& people);

}  // namespace kith::welcome
