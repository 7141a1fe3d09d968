#include "upkeep/upkeep_slice.hpp"

#include "resources/upkeep.hpp"
#include "upkeep/health_page.hpp"
#include "upkeep/jobs_page.hpp"
#include "upkeep/storage_page.hpp"

namespace kith {
namespace {

web::Probe fixed(std::string_view path) {
    return {path, [path](database::Read&) { return std::vector{std::string(path)}; }};
}

}  // namespace

web::Slice upkeep_slice() {
    using namespace upkeep;
    auto routes = jobs_routes();
    for (auto const& part : {storage_routes(), health_routes()})
        routes.insert(routes.end(), part.begin(), part.end());
    return {
        .name = "upkeep",
        .resources = upkeep_resources(),
        .routes = std::move(routes),
        .pages = {web::page<JobsPage>(), web::page<StoragePage>(), web::page<HealthPage>()},
        .jobs = health_jobs(),
        .export_for = web::ExportFor([](web::Site&, database::Read&, Id<Member>, web::Archive&) {}),
        .erase_for = web::EraseFor([](database::Write&, Id<Member>) {}),
        .probes = std::vector<web::Probe>{fixed("/host/jobs"), fixed("/host/storage"),
                                          fixed("/host/health")},
    };
}

}  // namespace kith
