#pragma once

#include "web/own_data.hpp"
#include "web/site.hpp"

namespace kith::notify {

/// What the member was told, and how they want to be told.
void export_notices(web::Site& site, database::Read& read, Id<Member> member,
                    web::Archive& archive);

}  // namespace kith::notify
