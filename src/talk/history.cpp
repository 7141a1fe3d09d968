#include "talk/history.hpp"

#include "base/markdown.hpp"
#include "talk/comment_views.hpp"
#include "talk/history_store.hpp"
#include "web/respond.hpp"

namespace kith::talk {

web::Answer show_comment_history(web::Call& call) {
    auto seen = seen_comment(call, call.read());
    CommentHistoryPage view;
    for (auto& row : versions_of(call.read(), call.viewer(), seen.comment.id)) {
        view.versions.push_back({{render_markdown(row.markdown, MarkdownKind::comment)},
                                 std::move(row.content_note),
                                 row.replaced_at});
    }
    auto const comment = neutral_view_of(std::move(seen.comment));
    view.back_url = comment.url;
    view.name = comment.name;
    return web::respond(call, view, web::Head{.title = call.say("talk.history_title")});
}

}  // namespace kith::talk
