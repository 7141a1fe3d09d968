#pragma once

#include "web/slice.hpp"

namespace kith::bonds {

/// Everything of a member's own that stands here, as they knew those whom it concerns.
void export_bonds(web::Site& site, database::Read& read, Id<Member> member, web::Archive& archive);

}  // namespace kith::bonds
