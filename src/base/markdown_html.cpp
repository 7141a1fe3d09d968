#include <algorithm>
#include <utility>

#include "base/limits.hpp"
#include "base/markdown_parse.hpp"
#include "base/refusal.hpp"
#include "base/text.hpp"

namespace kith {
namespace {

using namespace markdown;

constexpr std::size_t output_factor = 24;  ///< "a@b.cd " becomes its longest, 17 times itself
constexpr std::size_t output_floor = 16 * 1024;

/// Writes HTML from md4c's events. Every element is opened here and closed from a stack of our
/// own, so that what is too deep leaves its text and nothing unclosed.
class HtmlSink {
public:
    HtmlSink(MarkdownKind kind, std::size_t source_bytes)
        : kind_(kind), bytes_max_(source_bytes * output_factor + output_floor) {}

    [[nodiscard]] std::string take() { return std::move(html_); }

    bool enter(MD_BLOCKTYPE type, void* detail) {
        switch (type) {
            case MD_BLOCK_QUOTE: open("<blockquote>\n", "</blockquote>\n"); break;
            case MD_BLOCK_UL: open("<ul>\n", "</ul>\n"); break;
            case MD_BLOCK_OL: open(ordered_list(detail), "</ol>\n"); break;
            case MD_BLOCK_LI: open("<li>", "</li>\n"); break;
            case MD_BLOCK_HR: html_ += "<hr>\n"; break;
            case MD_BLOCK_H: enter_heading(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level); break;
            case MD_BLOCK_CODE: open("<pre><code>", "</code></pre>\n"); break;
            case MD_BLOCK_P: open("<p>", "</p>\n"); break;
            default: break;
        }
        return within_bounds();
    }

    bool leave(MD_BLOCKTYPE type, void*) {
        if (!spans_.empty()) return false;
        if (type != MD_BLOCK_DOC && type != MD_BLOCK_HR && type != MD_BLOCK_HTML) close();
        return within_bounds();
    }

    bool enter(MD_SPANTYPE type, void* detail) {
        spans_.push_back(type);
        switch (type) {
            case MD_SPAN_EM: open("<em>", "</em>"); break;
            case MD_SPAN_STRONG: open("<strong>", "</strong>"); break;
            case MD_SPAN_CODE: open("<code>", "</code>"); break;
            case MD_SPAN_A: enter_link(static_cast<MD_SPAN_A_DETAIL*>(detail)->href); break;
            case MD_SPAN_IMG: enter_picture(static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src); break;
            default: open("", ""); break;
        }
        return within_bounds();
    }

    bool leave(MD_SPANTYPE type, void*) {
        // md4c 0.4.8 forgets to leave some spans ("*[](*)"): such words are shown as typed.
        if (spans_.empty() || spans_.back() != type) return false;
        spans_.pop_back();
        if (type == MD_SPAN_IMG && --pictures_ == 0 && !picture_.empty()) {
            html_ += "<img src=\"" + picture_ + "\" alt=\"" + escape_html(alternative_) +
                     "\" loading=\"lazy\">";
            picture_.clear();
            alternative_.clear();
        }
        if (type == MD_SPAN_A) --links_;
        close();
        return within_bounds();
    }

    bool text(MD_TEXTTYPE type, std::string_view text) {
        switch (type) {
            case MD_TEXT_NULLCHAR: put("\uFFFD"); break;
            case MD_TEXT_BR: breaks("<br>\n"); break;
            case MD_TEXT_SOFTBR: breaks("\n"); break;
            case MD_TEXT_ENTITY: put(entity_text(text)); break;
            default: put(text); break;
        }
        return within_bounds();
    }

private:
    static std::string ordered_list(void* detail) {
        unsigned const start = static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start;
        return start == 1 ? "<ol>\n" : "<ol start=\"" + std::to_string(start) + "\">\n";
    }

    void enter_heading(unsigned level) {
        if (kind_ == MarkdownKind::comment) {
            open("<p><strong>", "</strong></p>\n");
            return;
        }
        std::string const name = "h" + std::to_string(std::max(level, 2u));
        open("<" + name + ">", "</" + name + ">\n");
    }

    void enter_link(MD_ATTRIBUTE const& href) {
        addresses_bytes_ += href.size;
        ++links_;
        std::string const link = links_ == 1 ? safe_link(attribute_text(href)) : std::string();
        open_link(link);
    }

    /// A picture of this site in an essay; any other becomes a link to itself.
    void enter_picture(MD_ATTRIBUTE const& src) {
        addresses_bytes_ += src.size;
        std::string const target = src.size > limits::link_bytes_max ? "" : attribute_text(src);
        bool const shown = kind_ == MarkdownKind::essay && is_own_picture(target);
        std::string const link = shown || links_ > 0 || pictures_ > 0 ? "" : safe_link(target);
        ++pictures_;
        if (shown && picture_.empty()) picture_ = target;
        open_link(link);
    }

    void open_link(std::string const& link) {
        constexpr std::string_view rel = "\" rel=\"nofollow noopener noreferrer\">";
        if (link.empty())
            open("", "");
        else
            open("<a href=\"" + escape_html(link) + std::string(rel), "</a>");
    }

    void open(std::string_view start, std::string end) {
        bool const shown = closers_.size() < depth_max && picture_.empty();
        if (shown) html_ += start;
        closers_.push_back(shown ? std::move(end) : std::string());
    }

    void close() {
        html_ += closers_.back();
        closers_.pop_back();
    }

    void put(std::string_view text) {
        if (picture_.empty())
            html_ += escape_html(text);
        else
            alternative_ += text;
    }

    void breaks(std::string_view html) {
        if (picture_.empty())
            html_ += html;
        else
            alternative_ += ' ';
    }

    [[nodiscard]] bool within_bounds() const {
        return html_.size() <= bytes_max_ && addresses_bytes_ <= bytes_max_;
    }

    static constexpr std::size_t depth_max = limits::markdown_depth_max;

    MarkdownKind kind_;
    std::size_t bytes_max_;
    std::size_t addresses_bytes_ = 0;  ///< one long definition used often costs each time
    std::string html_;
    std::vector<std::string> closers_;
    std::vector<MD_SPANTYPE> spans_;
    std::size_t links_ = 0;
    std::size_t pictures_ = 0;
    std::string picture_;  ///< the address of the picture whose words are being read
    std::string alternative_;
};

/// `source` as it was typed, in paragraphs.
std::string as_typed(std::string_view source) {
    std::string html;
    bool in_paragraph = false;
    while (!source.empty()) {
        std::size_t const end = source.find('\n');
        std::string_view const line = trim(source.substr(0, end));
        source.remove_prefix(end == source.npos ? source.size() : end + 1);
        if (line.empty())
            html += in_paragraph ? "</p>\n" : "";
        else
            html += (in_paragraph ? "<br>\n" : "<p>") + escape_html(line);
        in_paragraph = !line.empty();
    }
    return html + (in_paragraph ? "</p>\n" : "");
}

std::string html_of(std::string_view source, MarkdownKind kind) {
    HtmlSink sink(kind, source.size());
    return parse(source, sink) ? sink.take() : as_typed(source);
}

std::string part_html(Part const& part, MarkdownWords const& words) {
    std::string inside = html_of(part.source, MarkdownKind::essay);
    switch (part.kind) {
        case Part::Kind::plain: break;
        case Part::Kind::pull: return "<blockquote class=\"pull\">\n" + inside + "</blockquote>\n";
        case Part::Kind::note:
            return "<details class=\"note\"><summary><span><b>" + escape_html(words.content_note) +
                   "</b> " + escape_html(part.note) + "</span></summary><div>\n" + inside +
                   "</div></details>\n";
    }
    return inside;
}

}  // namespace

std::string render_markdown(std::string_view source, MarkdownKind kind,
                            MarkdownWords const& words) {
    bool const essay = kind == MarkdownKind::essay;
    if (source.size() > (essay ? limits::essay_bytes_max : limits::post_bytes_max))
        throw Refusal::too_large();
    std::string const text = repaired_utf8(source);
    std::vector<Part> const parts =
        essay ? parts_of(text) : std::vector<Part>{{Part::Kind::plain, {}, text}};
    std::size_t cost = 0;
    for (Part const& part : parts) cost += parse_cost(part.source);
    std::string html;
    if (cost > parse_cost_max)
        html = as_typed(text);
    else if (!essay)
        html = html_of(text, kind);
    else
        for (Part const& part : parts) html += part_html(part, words);
    check_markup(html);
    return html;
}

}  // namespace kith
