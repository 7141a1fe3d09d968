#include "search/search_slice.hpp"

#include "base/limits.hpp"
#include "resources/search.hpp"
#include "search/search_commands.hpp"
#include "search/search_job.hpp"
#include "search/search_page.hpp"

namespace kith {

web::Slice search_slice() {
    using namespace search;
    return {
        .name = "search",
        .resources = search_resources(),
        .routes = {web::limited(web::get<SearchPage>("/search", web::Access::anyone, show_search),
                                {limits::searches_max, limits::searches_time})},
        .pages = {web::page<SearchPage>()},
        .jobs = {{reindex_job, run_reindex_job}},
        .commands = search_commands(),
        // The index goes with what it is of: each room takes its own out when it erases.
        .export_for = web::ExportFor([](web::Site&, database::Read&, Id<Member>, web::Archive&) {}),
        .erase_for = web::EraseFor([](database::Write&, Id<Member>) {}),
        .probes = std::vector<web::Probe>{{"/search",
                                           [](database::Read&) {
                                               return std::vector<std::string>{
                                                   "/search",
                                                   "/search?q=the",
                                                   "/search?q=a%20-the",
                                                   "/search?q=with&kind=comments",
                                                   "/search?q=morn&kind=essays",
                                                   "/search?q=an&kind=members"};
                                           }}},
    };
}

}  // namespace kith
