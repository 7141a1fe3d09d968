#include "bonds/bonds_slice.hpp"

#include "bonds/erasure_store.hpp"
#include "bonds/pace.hpp"
#include "members/members.hpp"
#include "resources/bonds.hpp"

namespace kith::bonds {
namespace {

void export_own(web::Site& site, database::Read& read, Id<Member> member, web::Archive& archive) {
    auto const view = pace_of(read, Viewer{member, Role::member});
    auto const language = members::language_of(
        read, members::account_of(read, Viewer::server(), member).value_or(members::Account{}));
    archive.add("bonds", site.words.say(language, "bonds.title"), view);
}

}  // namespace

web::Slice bonds_slice() {
    return {
        .name = "bonds",
        .resources = bonds_resources(),
        .routes = {},
        .pages = {},
        .export_for = web::ExportFor(export_own),
        .erase_for = web::EraseFor(erase_bonds),
        .probes = std::vector<web::Probe>{},
    };
}

}  // namespace kith::bonds
