#include "talk/history.hpp"

#include "base/markdown.hpp"
#include "talk/comment_views.hpp"
#include "talk/folds.hpp"
#include "talk/history_store.hpp"
#include "talk/pictures.hpp"
#include "talk/quotes.hpp"
#include "talk/quotes_store.hpp"
#include "web/respond.hpp"

namespace kith::talk {

web::Answer show_comment_history(web::Call& call) {
    auto seen = seen_comment(call, call.read());
    seen.comment = with_pictures(call.read(), call.viewer(), std::move(seen.comment));
    CommentHistoryPage view;
    // Versions are shown as the comment itself is: as rows of their own.
    std::vector<CommentRow> rows;
    auto const gone = gone_quotes(call.read(), call.viewer(), {seen.comment.id});
    for (auto& version : versions_of(call.read(), call.viewer(), seen.comment.id)) {
        auto& row = rows.emplace_back();
        row.author = seen.comment.author;
        row.html = render_markdown(version.markdown, MarkdownKind::comment);
        for (auto const& quote : gone)
            if (auto left = without_quote(row.html, quote.quoted)) row.html = *std::move(left);
        row.pictures = seen.comment.pictures;
        row.content_note = std::move(version.content_note);
        row.edited_at = version.replaced_at;
    }
    fold_for(call.read(), call.viewer(), seen.discussion, rows);
    for (auto& row : rows) {
        view.versions.push_back({{std::move(row.html)},
                                 std::move(row.pictures),
                                 std::move(row.content_note),
                                 std::move(row.folded_for),
                                 *row.edited_at});
    }
    auto const comment = neutral_view_of(std::move(seen.comment));
    view.back_url = comment.url;
    view.name = comment.name;
    return web::respond(call, view, web::Head{.title = call.say("talk.history_title")});
}

}  // namespace kith::talk
