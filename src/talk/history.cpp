#include "talk/history.hpp"

#include "base/markdown.hpp"
#include "talk/comment_views.hpp"
#include "talk/history_store.hpp"
#include "talk/quotes.hpp"
#include "talk/quotes_store.hpp"
#include "web/respond.hpp"

namespace kith::talk {

web::Answer show_comment_history(web::Call& call) {
    auto seen = seen_comment(call, call.read());
    CommentHistoryPage view;
    auto const gone = gone_quotes(call.read(), call.viewer(), {seen.comment.id});
    for (auto& row : versions_of(call.read(), call.viewer(), seen.comment.id)) {
        auto html = render_markdown(row.markdown, MarkdownKind::comment);
        for (auto const& quote : gone)
            if (auto left = without_quote(html, quote.quoted)) html = *std::move(left);
        view.versions.push_back({{std::move(html)}, std::move(row.content_note), row.replaced_at});
    }
    auto const comment = neutral_view_of(std::move(seen.comment));
    view.back_url = comment.url;
    view.name = comment.name;
    return web::respond(call, view, web::Head{.title = call.say("talk.history_title")});
}

}  // namespace kith::talk
