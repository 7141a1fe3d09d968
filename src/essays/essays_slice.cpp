#include "essays/essays_slice.hpp"

#include "essays/editor_views.hpp"
#include "essays/essay_views.hpp"
#include "essays/essays_commands.hpp"
#include "essays/essays_routes.hpp"
#include "essays/history_views.hpp"
#include "essays/own_words.hpp"
#include "essays/reach_out.hpp"
#include "essays/reach_out_store.hpp"
#include "essays/reach_out_views.hpp"
#include "essays/search.hpp"
#include "essays/thanks_store.hpp"
#include "essays/thanks_views.hpp"
#include "resources/essays.hpp"

namespace kith::essays {
namespace {

using namespace std::chrono_literals;

/// Ends old links and forgets what isn't needed any more.
void tidy(web::Site& site, std::string const&) {
    site.database.write_now([&](database::Write& write) {
        expire_thanks(write, site.now());
        tidy_reach_outs(write, site.now());
    });
}

void remove_file(web::Site& site, std::string const& name) { site.files.remove(name); }

}  // namespace
}  // namespace kith::essays

namespace kith {

web::Slice essays_slice() {
    using namespace essays;
    return {
        .name = "essays",
        .resources = essays_resources(),
        .routes = essays_routes(),
        .pages = {web::page<EssaysPage>(), web::page<EssayPage>(), web::page<EditorPage>(),
                  web::page<PreviewPage>(), web::page<HistoryPage>(), web::page<ThanksPage>(),
                  web::page<ThanksListPage>(), web::page<ReachOutPage>(),
                  web::page<ReachOutsPage>(), web::page<LetterPage>(), web::page<OfferPage>()},
        .jobs = {{"essays.tidy", tidy, 1h}, {remove_file_job, remove_file}},
        .commands = essay_commands(),
        .today = today_cards,
        .search = {essays::search_kind()},
        .notices = essays_notices(),
        .export_for = web::ExportFor(export_own),
        .erase_for = web::EraseFor(erase_own),
        .probes = essays_probes(),
    };
}

}  // namespace kith
