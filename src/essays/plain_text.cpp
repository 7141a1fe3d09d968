#include "essays/plain_text.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "base/text.hpp"
#include "essays/markdown_escape.hpp"

namespace kith::essays {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t heading_characters_max = 90;
constexpr std::size_t heading_words_max = 14;
constexpr std::size_t lead_words_max = 4;
constexpr std::size_t verse_characters_max = 50;
constexpr std::size_t page_rest_blanks_min = 3;

/// Lines without a blank one between them.
struct Block {
    std::size_t blanks_before = 0;
    std::vector<std::string> lines;
};

std::string clean(std::string_view text) {
    if (text.starts_with("\uFEFF")) text.remove_prefix("\uFEFF"sv.size());
    std::string lines;
    for (std::size_t at = 0; at < text.size(); ++at) {
        bool const paired = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
        if (!paired) lines += text[at] == '\r' ? '\n' : text[at];
    }
    return repaired_utf8(lines);
}

std::string_view take_line(std::string_view& rest) {
    std::size_t const end = rest.find('\n');
    std::string_view const line = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    return line;
}

std::vector<Block> blocks_of(std::string_view text) {
    std::vector<Block> blocks;
    std::size_t blanks = 0;
    bool open = false;
    while (!text.empty()) {
        std::string line(trim(take_line(text)));
        std::ranges::replace(line, '\t', ' ');
        if (line.empty()) {
            ++blanks;
            open = false;
            continue;
        }
        if (!open) blocks.push_back({blanks, {}});
        blocks.back().lines.push_back(std::move(line));
        blanks = 0;
        open = true;
    }
    return blocks;
}

std::size_t word_count(std::string_view text) {
    std::size_t count = 0;
    bool inside = false;
    for (char c : text) {
        count += c != ' ' && !inside;
        inside = c != ' ';
    }
    return count;
}

bool ends_a_sentence(std::string_view line) {
    constexpr std::array ends{"."sv, ","sv, ";"sv, ":"sv, "!"sv,  "?"sv,  "…"sv, "\""sv,
                              "”"sv, "»"sv, "-"sv, "—"sv, "。"sv, "！"sv, "？"sv};
    return std::ranges::any_of(ends, [&](std::string_view end) { return line.ends_with(end); });
}

bool is_bullet(std::string_view line) {
    return line.starts_with("• ") || line.starts_with("- ") || line.starts_with("* ");
}

/// A short line that isn't a sentence. One in lower case goes on from somewhere: it is none.
bool looks_like_heading(std::string_view line) {
    bool const lower = line[0] >= 'a' && line[0] <= 'z';
    return !lower && !is_bullet(line) && !ends_a_sentence(line) &&
           code_points(line) <= heading_characters_max && word_count(line) <= heading_words_max;
}

/// What a page leaves behind when it is copied: "Comments", "3 comments", "Share".
bool is_page_rest(Block const& block) {
    if (block.lines.size() != 1 || block.blanks_before < page_rest_blanks_min) return false;
    std::string words = lower_ascii(block.lines.front());
    std::erase_if(words, [](char c) { return !(c >= 'a' && c <= 'z'); });
    constexpr std::array rests{"comment"sv, "comments"sv, "like"sv,          "likes"sv,
                               "share"sv,   "reply"sv,    "leaveacomment"sv, "subscribe"sv};
    return std::ranges::count(rests, words) > 0;
}

/// `Leave a comment: Share …` gets its first words bold.
std::string with_bold_lead(std::string_view line) {
    std::size_t const colon = line.find(": ");
    std::string_view const lead = line.substr(0, colon);
    bool const short_lead = colon != line.npos && word_count(lead) <= lead_words_max &&
                            lead.find_first_of(".!?,;\"(") == lead.npos;
    std::string_view const rest = short_lead ? trim(line.substr(colon + 1)) : line;
    bool const capital = rest[0] >= 'A' && rest[0] <= 'Z';
    if (!short_lead || !capital || line[0] < 'A' || line[0] > 'Z') return escape_markdown(line);
    return "**" + escape_markdown(lead) + ":** " + escape_markdown(rest);
}

std::string list_of(std::vector<std::string> const& lines) {
    std::string list;
    for (std::string const& line : lines) {
        std::string_view const item = trim(std::string_view(line).substr(line.find(' ')));
        list += (list.empty() ? "- " : "\n- ") + escape_markdown(item);
    }
    return list;
}

std::string paragraph_of(std::vector<std::string> const& lines) {
    if (std::ranges::all_of(lines, is_bullet)) return list_of(lines);
    // Short lines are broken where their writer broke them: verse, an address.
    bool const verse = std::ranges::all_of(
        lines, [](std::string const& line) { return code_points(line) <= verse_characters_max; });
    std::string text = with_bold_lead(lines.front());
    for (std::size_t i = 1; i < lines.size(); ++i)
        text += (verse ? "\\\n" : "\n") + escape_markdown(lines[i]);
    return text;
}

/// The smaller heading that leads a block, if the line after it is a paragraph of its own.
bool leads_with_heading(Block const& block) {
    if (block.lines.size() < 2 || !looks_like_heading(block.lines[0])) return false;
    std::string const& next = block.lines[1];
    bool const wrapped = code_points(block.lines[0]) > heading_characters_max * 2 / 3;
    return !wrapped && !looks_like_heading(next) && !is_bullet(next) &&
           code_points(next) > code_points(block.lines[0]);
}

std::string body_of(std::vector<Block> const& blocks) {
    std::string body;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        std::vector<std::string> lines = blocks[i].lines;
        if (!body.empty()) body += "\n\n";
        bool const last = i + 1 == blocks.size();
        if (lines.size() == 1 && !last && looks_like_heading(lines.front())) {
            body += "## " + escape_markdown(lines.front());
            continue;
        }
        if (leads_with_heading(blocks[i])) {
            body += "### " + escape_markdown(lines.front()) + "\n\n";
            lines.erase(lines.begin());
        }
        body += paragraph_of(lines);
    }
    return body.empty() ? body : body + "\n";
}

std::string as_title(std::string_view line) {
    return std::string(trim(first_code_points(line, limits::title_characters_max)));
}

std::string_view without_quotes(std::string_view value) {
    bool const quoted = value.size() > 1 && value.front() == value.back() &&
                        (value.front() == '"' || value.front() == '\'');
    return quoted ? value.substr(1, value.size() - 2) : value;
}

/// Takes the `---` … `---` lines at the head off `rest`; without a closing line there are none.
void take_front_matter(std::string_view& rest, ImportedEssay& essay) {
    std::string_view after = rest;
    if (trim(take_line(after)) != "---") return;
    ImportedEssay found;
    while (!after.empty()) {
        std::string_view const line = take_line(after);
        if (trim(line) == "---") {
            essay = found;
            rest = after;
            return;
        }
        std::size_t const colon = line.find(':');
        if (colon == line.npos) continue;
        std::string const key = lower_ascii(trim(line.substr(0, colon)));
        std::string const value(without_quotes(trim(line.substr(colon + 1))));
        if (key == "title") found.title = as_title(value);
        if (key == "summary" || key == "description") found.summary = value;
        if (key == "content_note" || key == "content-note") found.content_note = value;
        if (key == "slug") found.slug = value.empty() ? value : slug_of(value);
    }
}

/// The words of a `# heading` line; empty if it is none.
std::string_view heading_words(std::string_view line) {
    std::size_t const level = std::min(line.find_first_not_of('#'), line.size());
    if (level == 0 || level > 6 || level == line.size() || line[level] != ' ') return {};
    std::string_view words = trim(line.substr(level));
    std::size_t const closing = words.find_last_not_of('#');
    if (closing != words.npos && closing + 1 < words.size() && words[closing] == ' ')
        words = trim(words.substr(0, closing));
    return words;
}

}  // namespace

ImportedEssay from_plain_text(std::string_view text) {
    std::string const whole = clean(text);
    std::vector<Block> blocks = blocks_of(whole);
    while (blocks.size() > 1 && is_page_rest(blocks.back())) blocks.pop_back();
    ImportedEssay essay;
    if (blocks.empty()) return essay;
    std::vector<std::string>& first = blocks.front().lines;
    essay.title = as_title(first.front());
    // A first line too long for a title is cut for it and stays in the text whole.
    if (code_points(first.front()) <= limits::title_characters_max) first.erase(first.begin());
    if (first.empty()) blocks.erase(blocks.begin());
    essay.markdown = body_of(blocks);
    return essay;
}

ImportedEssay from_markdown_file(std::string_view text) {
    std::string const whole = clean(text);
    std::string_view rest = whole;
    ImportedEssay essay;
    take_front_matter(rest, essay);
    while (rest.starts_with('\n')) rest.remove_prefix(1);
    std::string_view after = rest;
    std::string_view const leading = heading_words(take_line(after));
    if (essay.title.empty() && !leading.empty()) {
        essay.title = plain_text_of_markdown(leading, limits::title_characters_max);
        rest = after;
        while (rest.starts_with('\n')) rest.remove_prefix(1);
    }
    for (std::string_view lines = rest; essay.title.empty() && !lines.empty();)
        essay.title =
            plain_text_of_markdown(heading_words(take_line(lines)), limits::title_characters_max);
    essay.markdown = rest;
    return essay;
}

}  // namespace kith::essays
