#include "distance/distance_slice.hpp"

#include "distance/distance_store.hpp"
#include "distance/distance_views.hpp"
#include "members/members.hpp"
#include "resources/distance.hpp"

namespace kith::distance {
namespace {

/// Someone as the copy of everything names them: as the member knew them.
struct ExportedLine {
    std::string name;
    Time since{};
};
BOOST_DESCRIBE_STRUCT(ExportedLine, (), (name, since))

struct ExportedDistances {
    std::vector<ExportedLine> distances;
    std::vector<ExportedLine> mutes;
};
BOOST_DESCRIBE_STRUCT(ExportedDistances, (), (distances, mutes))

std::vector<ExportedLine> lines_of(std::vector<KeptRow> rows) {
    std::vector<ExportedLine> lines;
    for (auto& row : rows) lines.push_back({std::move(row.name), row.since});
    return lines;
}

/// One's own alone: who keeps distance from a member stands in no copy of theirs.
void export_distances(web::Site& site, database::Read& read, Id<Member> member,
                      web::Archive& archive) {
    Viewer const own{member, Role::member};
    ExportedDistances const view{lines_of(kept_from(read, own)), lines_of(muted_by(read, own))};
    auto const language = members::language_of(
        read, members::account_of(read, Viewer::server(), member).value_or(members::Account{}));
    archive.add("distance", site.words.say(language, "distance.settings"), view);
}

web::Probe fixed(std::string_view path) {
    return {path, [path](database::Read&) { return std::vector{std::string(path)}; }};
}

std::vector<std::string> keep_paths(database::Read& read) {
    std::vector<std::string> paths;
    for (auto const& id : some_members(read, Viewer::server()))
        paths.push_back("/members/" + id.text() + "/distance");
    return paths;
}

}  // namespace

web::Slice distance_slice() {
    return {
        .name = "distance",
        .resources = distance_resources(),
        .routes = distance_routes(),
        .pages = {web::page<KeepPage>(), web::page<DistanceSettingsPage>(), web::page<AboutPage>()},
        .export_for = web::ExportFor(export_distances),
        .erase_for = web::EraseFor(erase_distances),
        .probes = std::vector<web::Probe>{fixed("/distance"),
                                          fixed("/settings/distance"),
                                          {"/members/{id}/distance", keep_paths}},
    };
}

}  // namespace kith::distance
