#include "web/notice.hpp"

#include "web/site.hpp"

namespace kith::web {

void tell(database::Write& write, Site& site, Notice notice) {
    if (site.hooks.tell) site.hooks.tell(write, site, std::move(notice));
}

void untell(database::Write& write, Site& site, std::string_view kind, std::string_view about) {
    if (site.hooks.untell) site.hooks.untell(write, site, kind, about);
}

void forget_told(database::Write& write, Site& site, std::string_view place,
                 std::optional<Id<Member>> member) {
    if (site.hooks.forget_told) site.hooks.forget_told(write, site, place, member);
}

}  // namespace kith::web
