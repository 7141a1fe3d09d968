#pragma once

#include <string>

#include "base/clock.hpp"
#include "base/public_id.hpp"
#include "base/viewer.hpp"

namespace kith::web {

struct SignInSession;  // the tag of Id<SignInSession>; its fields live in members/

/// Who sends a request, and how they like their pages. Found from the session before the handler.
struct Visitor {
    Viewer viewer;
    Id<SignInSession> session;
    PublicId member_id;
    std::string name;
    std::string language;            ///< chosen in settings; empty takes the browser's
    std::string community_language;  ///< for whoever chose none, here or in the browser
    std::string zone;                ///< IANA time zone; empty takes the community's
    std::string theme;               ///< "", "light" or "dark"
    bool plain_letters = false;
    bool discreet = false;
    bool own_device = false;  ///< not a shared one: what is typed may be kept in the browser
    bool agreement_accepted = true;
    bool being_erased = false;  ///< their account ends in a few days, unless they come back
    bool may_write_essays = false;
    Time authenticated_at{};     ///< when a password, link or key was last shown
    Time seen_at{};              ///< the session's last request, to the minute
    bool session_ended = false;  ///< a session was named, but it has ended
};

}  // namespace kith::web
