#include "web/notice.hpp"

#include "web/site.hpp"

namespace kith::web {

void tell(database::Write& write, Site& site, Notice notice) {
    if (site.hooks.tell) site.hooks.tell(write, site, std::move(notice));
}

void untell(database::Write& write, Site& site, std::string_view kind, std::string_view about) {
    if (site.hooks.untell) site.hooks.untell(write, site, kind, about);
}

}  // namespace kith::web
