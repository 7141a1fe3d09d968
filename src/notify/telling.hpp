#pragma once

#include <string>

#include "notify/notice_store.hpp"
#include "web/call.hpp"
#include "web/shell.hpp"
#include "web/site.hpp"

namespace kith::notify {

/// Keeps a notice for its member within a deed: SiteHooks::tell.
void tell(database::Write& write, web::Site& site, web::Notice notice);
/// SiteHooks::untell.
void untell(database::Write& write, web::Site& site, std::string_view kind, std::string_view about);
/// SiteHooks::forget_told.
void forget_told(database::Write& write, web::Site& site, std::string_view place,
                 std::optional<Id<Member>> member);

/// What a notice says in `language`, in full; nothing for a kind that this house doesn't have.
[[nodiscard]] std::string full_sentence(web::Site const& site, std::string const& language,
                                        NoticeRow const& notice);
/// The same without anything of anybody.
[[nodiscard]] std::string plain_sentence(web::Site const& site, std::string const& language,
                                         NoticeRow const& notice);

/// Lights the lamp in the frame while there is something that the viewer hasn't seen.
void light_lamp(web::Call& call, web::Shell& shell);

/// Forgets notices that are older than limits::notice_age_max.
void forget_old_notices(web::Site& site);

}  // namespace kith::notify
