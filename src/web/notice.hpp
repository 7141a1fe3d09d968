#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/viewer.hpp"
#include "database/session.hpp"

namespace kith::web {

struct Site;

/// How a notice reaches its member where they chose nothing: in the app only, with the mail of the
/// day, or at once.
enum class NoticeDefault { app, digest, at_once };

/// A kind of notice, declared by the slice that tells it: "talk.replied". Its full sentence is the
/// word of its name, filled by the notice's arguments; its neutral one, "<name>_plain", holds
/// nothing of anybody and names the kind in the settings.
struct NoticeKind {
    std::string_view name;
    NoticeDefault by_default = NoticeDefault::digest;
    Role least = Role::member;  ///< whoever may less is never told, and has nothing to choose
};

/// Something that a member is told of once.
struct Notice {
    Id<Member> to;
    std::string_view kind;
    std::string url;  ///< a path of this site, where it can be seen
    std::vector<std::pair<std::string, std::string>> arguments = {};
    std::string about;  ///< what it is about: told once until it was seen
    /// Whose doing it is: their name of the day fills {name}. Whoever is apart from them isn't
    /// told, which is asked when it is queued and again whenever it is shown or sent.
    std::optional<Id<Member>> from = {};
    std::vector<Id<Member>> beneath = {};  ///< under whose words it stands; asked in the same way
    std::string place = {};  ///< where it can be seen by who belongs there; see forget_told()
};

/// Tells a member, within the deed that causes it. Nothing in a house without notices.
void tell(database::Write& write, Site& site, Notice notice);

/// Takes back what nobody has seen yet of `kind` about `about`, whomever it was told.
void untell(database::Write& write, Site& site, std::string_view kind, std::string_view about);

/// Forgets what `member`, or without one everybody, was told of `place`, seen or not: they don't
/// belong there any more, or it is no more.
void forget_told(database::Write& write, Site& site, std::string_view place,
                 std::optional<Id<Member>> member = {});

}  // namespace kith::web
