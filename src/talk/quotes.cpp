#include "talk/quotes.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "talk/quotes_store.hpp"

namespace kith::talk {
namespace {

constexpr std::string_view link_start = "href=\"/comments/";
/// Its rarer part: quicker to look for.
constexpr std::string_view link_path = link_start.substr(std::string_view("href").size());
constexpr std::string_view block_start = "<blockquote>";
constexpr std::string_view block_end = "</blockquote>";

/// A name as plain text within the brackets of a link.
std::string as_plain(std::string_view name) {
    std::string plain;
    for (char const c : name) {
        if (std::string_view("\\[]*_`<>&!~").find(c) != std::string_view::npos) plain += '\\';
        plain += c;
    }
    return plain;
}

/// The outermost block quote around `at`: where it begins and ends; nothing outside of any.
std::optional<std::pair<std::size_t, std::size_t>> block_around(std::string_view html,
                                                                std::size_t at) {
    std::size_t depth = 0;
    std::size_t begin = 0;
    for (std::size_t from = 0;;) {
        auto const open = html.find(block_start, from);
        auto const close = html.find(block_end, from);
        if (close == html.npos) return std::nullopt;
        if (open < close) {
            if (depth++ == 0) begin = open;
            from = open + block_start.size();
            continue;
        }
        from = close + block_end.size();
        if (depth == 0 || --depth > 0) continue;
        if (begin < at && at < from) return std::pair(begin, from);
        if (begin > at) return std::nullopt;
    }
}

}  // namespace

std::string quote_of(std::string_view name, PublicId const& comment, std::string_view markdown) {
    std::string quote = "> [" + as_plain(name) + "](/comments/" + comment.text() + "):\n";
    // What they have quoted themselves is left to them.
    while (!markdown.empty()) {
        auto const end = std::min(markdown.find('\n'), markdown.size());
        auto line = markdown.substr(0, end);
        markdown.remove_prefix(std::min(end + 1, markdown.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        auto const first = line.find_first_not_of(' ');
        if (first != line.npos && line[first] == '>') continue;
        quote.append(line.empty() ? ">" : "> ").append(line).append("\n");
    }
    return quote + "\n";
}

std::vector<PublicId> comments_linked(std::string_view html) {
    std::vector<PublicId> linked;
    for (auto at = html.find(link_start); at != html.npos && linked.size() < limits::quotes_max;
         at = html.find(link_start, at + 1)) {
        auto const rest = html.substr(at + link_start.size());
        auto const id = PublicId::parse(rest.substr(0, rest.find('"')));
        if (id && std::ranges::find(linked, *id) == linked.end()) linked.push_back(*id);
    }
    return linked;
}

std::optional<std::string> without_quote(std::string_view html, PublicId const& quoted) {
    auto const link = std::string(link_start) + quoted.text() + '"';
    std::string left(html);
    bool found = false;
    for (auto at = left.find(link); at != std::string::npos;) {
        if (auto const block = block_around(left, at)) {
            left.erase(block->first, block->second - block->first);
            found = true;
            at = left.find(link, block->first);
        } else {
            at = left.find(link, at + 1);
        }
    }
    return found ? std::optional(std::move(left)) : std::nullopt;
}

AskedQuote asked_quote(web::Call& call, DiscussionRow const& discussion) {
    auto const* asked = call.query.find("quote");
    auto const id = asked ? PublicId::parse(*asked) : std::nullopt;
    if (!id) return {};
    auto const comment = find_comment(call.read(), call.viewer(), *id);
    if (!comment || comment->discussion != discussion.id || comment->state != State::published)
        return {};
    auto const name =
        comment->member_name ? *comment->member_name : comment->guest_name.value_or(std::string());
    return {quote_of(name, *id, quotable_source(call.read(), call.viewer(), comment->id)),
            comment->content_note.value_or(std::string())};
}

void note_quotes(database::Write& write, Viewer const& author, Id<Discussion> discussion,
                 Id<Comment> comment, std::string_view html) {
    for (auto const& id : comments_linked(html)) {
        auto const quoted = find_comment(write, author, id);
        if (!quoted || quoted->discussion != discussion || quoted->id == comment) continue;
        if (quoted->state == State::published) add_quote(write, comment, quoted->id);
    }
}

void leave_out_gone_quotes(database::Read& read, Viewer const& viewer,
                           std::vector<CommentRow>& rows) {
    std::vector<Id<Comment>> quoting;
    for (auto const& row : rows)
        if (row.html.find(link_path) != std::string::npos) quoting.push_back(row.id);
    if (quoting.empty()) return;
    for (auto const& gone : gone_quotes(read, viewer, quoting)) {
        auto const row = std::ranges::find(rows, gone.comment, &CommentRow::id);
        if (row == rows.end()) continue;
        if (auto left = without_quote(row->html, gone.quoted)) {
            row->html = *std::move(left);
            row->quote_is_gone = true;
        }
    }
}

}  // namespace kith::talk
