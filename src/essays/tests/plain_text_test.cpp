#include "essays/plain_text.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <vector>

#include "base/limits.hpp"
#include "base/markdown.hpp"
#include "base/text.hpp"
#include "essays/markdown_escape.hpp"
#include "test_directory.hpp"

using namespace kith;
using namespace kith::essays;

namespace {

std::string fixture() {
    std::ifstream file(kith::tests::project_directory() / "src/essays/tests/data/allotment.txt");
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The lines of `markdown` that are headings.
std::vector<std::string> headings(std::string_view markdown) {
    std::vector<std::string> found;
    while (!markdown.empty()) {
        std::string_view const line = markdown.substr(0, markdown.find('\n'));
        if (line.starts_with('#')) found.emplace_back(line);
        markdown.remove_prefix(std::min(line.size() + 1, markdown.size()));
    }
    return found;
}

std::string shown(std::string_view markdown) {
    return plain_text_of_markdown(markdown, limits::essay_bytes_max);
}

}  // namespace

TEST_CASE("a pasted essay gets its title, sections and smaller headings") {
    ImportedEssay const essay = from_plain_text(fixture());
    CHECK(essay.title == "What a Shared Garden Teaches Us: On Patience, Weeds and Neighbours");
    CHECK(headings(essay.markdown) ==
          std::vector<std::string>{
              "## Why We Dig Together", "### A place to come to", "### Help when the weather turns",
              "### Something to pass on", "## When Fences Hurt", "## What Grows Wrong", "### Theft",
              "### Noise, smoke, and what drifts across",
              "## A Short History of the Common Field in Our Town", "## Come In"});
    CHECK(essay.markdown.starts_with("Anyone who has ever shared a garden"));
    CHECK(essay.markdown.find("\n\nBut what happens when the water runs out?\n\n") !=
          std::string::npos);
    CHECK(essay.markdown.find("\n\n**Leave a note:** Tell us") != std::string::npos);
    CHECK(essay.markdown.find("\"l'été\"") != std::string::npos);
    CHECK(essay.markdown.ends_with("It sticks a little, so push.\n"));
}

TEST_CASE("line ends, byte order mark and tabs of other machines make no difference") {
    std::string windows = "\uFEFF";
    for (char c : fixture()) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    CHECK(from_plain_text(windows) == from_plain_text(fixture()));
    CHECK(from_plain_text("T\rText here.") == from_plain_text("T\nText here."));
    CHECK(from_plain_text("\tT\t\n\n\tText\there.").markdown == "Text here.\n");
    CHECK(valid_utf8(from_plain_text("T\n\nBroken \xFF\xC3.").markdown));
}

TEST_CASE("nothing in the words becomes markup") {
    for (std::string_view line : {"# 1 is no heading.",
                                  "- a dash.",
                                  "+ a plus.",
                                  "* a star.",
                                  "1. one.",
                                  "12) twelve.",
                                  "> a quote.",
                                  "a *b* _c_ `d` **e**.",
                                  "[a](https://x.org).",
                                  "![a](/files/b).",
                                  "<b>bold</b>.",
                                  "&amp; &#65;.",
                                  "::: note a",
                                  "```",
                                  "~~~",
                                  "===",
                                  "---",
                                  "***",
                                  "___",
                                  "a\\*b.",
                                  "- - -",
                                  "snake_case_name and _private.",
                                  "[x]: https://x.org",
                                  "5 * 3 * 2.",
                                  "a | b",
                                  "C:\\new\\[x].",
                                  "<https://x.org>",
                                  "2 < 3 > 1 & 4."}) {
        CAPTURE(line);
        std::string const text = std::string(line);
        CHECK(shown(escape_markdown(text)) == text);
        CHECK(shown("Before\n" + escape_markdown(text)) == "Before " + text);
    }
    CHECK(render_markdown(escape_markdown("https://x.org/a_b_c"), MarkdownKind::essay)
              .find("href=\"https://x.org/a_b_c\"") != std::string::npos);
}

TEST_CASE("lists and verse keep their lines") {
    CHECK(from_plain_text("T\n\n• one\n• two *\n\nEnd here.").markdown ==
          "- one\n- two \\*\n\nEnd here.\n");
    CHECK(from_plain_text("T\n\nthe gate is open,\nthe light is on,\n\nEnd here.").markdown ==
          "the gate is open,\\\nthe light is on,\n\nEnd here.\n");
    std::string const wrapped =
        "this line was wrapped by a program at seventy-two characters, as it does,\n"
        "and goes on here.";
    CHECK(from_plain_text("T\n\n" + wrapped).markdown == wrapped + "\n");
}

TEST_CASE("what only looks like a heading or like the page's rest stays") {
    CHECK(headings(from_plain_text("T\n\nSome words.\n\nMaria").markdown).empty());
    CHECK(headings(from_plain_text("T\n\nIs it?\n\nYes.\n\nand so on\n\nEnd.").markdown).empty());
    CHECK(from_plain_text("T\n\nSome words.\n\nComments").markdown == "Some words.\n\nComments\n");
    CHECK(from_plain_text("T\n\nSome words.\n\n\n\n\nMaria").markdown == "Some words.\n\nMaria\n");
    CHECK(from_plain_text("T\n\nSome words.\n\n\n\n\n12 Comments").markdown == "Some words.\n");
    CHECK(from_plain_text("T\n\nAt noon it began: Rain. And more.").markdown ==
          "**At noon it began:** Rain. And more.\n");
    CHECK(from_plain_text("T\n\nI have to say this one thing: Rain.").markdown ==
          "I have to say this one thing: Rain.\n");
}

TEST_CASE("an empty file and an endless line are no essay's end") {
    CHECK(from_plain_text("") == ImportedEssay{});
    CHECK(from_plain_text("\n \r\n\t") == ImportedEssay{});
    CHECK(from_plain_text("Only a title").title == "Only a title");
    CHECK(from_plain_text("Only a title").markdown.empty());
    ImportedEssay const endless = from_plain_text(std::string(5000, 'a'));
    CHECK(endless.title.size() == limits::title_characters_max);
    CHECK(endless.markdown.size() == 5001);
}

TEST_CASE("a Markdown file says its title, summary, content note and slug") {
    ImportedEssay const essay = from_markdown_file(
        "---\r\ntitle: \"A: B\"\r\nsummary: In short\r\ncontent_note: grief\r\n"
        "slug: My Slug!\r\nother: x\r\n---\r\n\r\n# Part\r\n\r\nText *here*.\r\n");
    CHECK(essay ==
          ImportedEssay{"A: B", "# Part\n\nText *here*.\n", "In short", "grief", "my-slug"});
}

TEST_CASE("without front matter the first heading is the title") {
    CHECK(from_markdown_file("\n# A *b* `c` ##\n\nText.\n") ==
          ImportedEssay{"A b c", "Text.\n", "", "", ""});
    ImportedEssay const later = from_markdown_file("Text first.\n\n## Then\n\nMore.");
    CHECK(later.title == "Then");
    CHECK(later.markdown == "Text first.\n\n## Then\n\nMore.");
    CHECK(from_markdown_file("No heading.").title.empty());
    CHECK(from_markdown_file("---\ntitle: never closed\n").markdown ==
          "---\ntitle: never closed\n");
    CHECK(from_markdown_file("") == ImportedEssay{});
}
