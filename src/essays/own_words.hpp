#pragma once

#include <vector>

#include "database/session.hpp"
#include "web/archive.hpp"
#include "web/call.hpp"
#include "web/site.hpp"
#include "web/today.hpp"

namespace kith::essays {

/// The job that removes a picture that no row names any more from the file store.
inline constexpr std::string_view remove_file_job = "essays.remove_file";

/// What waits for the viewer here: notes of thanks, letters, their own drafts.
[[nodiscard]] std::vector<web::TodayCard> today_cards(web::Call& call);

/// Puts the member's essays with every picture, their thanks and their letters into the archive.
void export_own(web::Site& site, database::Read& read, Id<Member> member, web::Archive& archive);

/// Takes the member's words and pictures away. Their essays stay as empty places that nobody can
/// read, for the sake of what others wrote beneath.
void erase_own(database::Write& write, Id<Member> member);

}  // namespace kith::essays
