#include "circles/circles_slice.hpp"

#include "circles/circle_views.hpp"
#include "circles/circles_routes.hpp"
#include "circles/own_words.hpp"
#include "circles/search.hpp"
#include "circles/sharing.hpp"
#include "circles/tell.hpp"
#include "circles/unanswered.hpp"
#include "resources/circles.hpp"

namespace kith {

web::Slice circles_slice() {
    using namespace circles;
    using namespace std::chrono_literals;
    return {
        .name = "circles",
        .resources = circles_resources(),
        .routes = circles_routes(),
        .pages = {web::page<CirclesPage>(), web::page<CirclePage>(), web::page<CircleEditorPage>(),
                  web::page<CircleMembersPage>(), web::page<CircleAgreementPage>(),
                  web::page<RequestsPage>(), web::page<InvitationsPage>(),
                  web::page<InvitationLinkPage>(), web::page<InvitedPage>(),
                  web::page<ConversationsPage>(), web::page<BeginPage>(),
                  web::page<ConversationPage>(), web::page<AgreeFirstPage>(),
                  web::page<SharingPage>()},
        .jobs = {{"circles.tidy", [](web::Site& site, std::string const&) { tidy(site); }, 1h}},
        .today = today_cards,
        .unanswered = unanswered(),
        .search = search_kinds(),
        .notices = circles_notices(),
        .export_for = web::ExportFor(export_own),
        .erase_for = web::EraseFor(erase_own),
        .probes = circles_probes(),
    };
}

}  // namespace kith
