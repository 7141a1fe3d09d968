#include "base/markdown.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "base/limits.hpp"
#include "base/markdown_parse.hpp"
#include "base/refusal.hpp"
#include "base/text.hpp"
#include "hostile_markdown.hpp"

using namespace kith;
using tests::repeated;

namespace {

std::string essay(std::string_view source) { return render_markdown(source, MarkdownKind::essay); }

std::string comment(std::string_view source) {
    return render_markdown(source, MarkdownKind::comment);
}

constexpr std::string_view rel = " rel=\"nofollow noopener noreferrer\">";

}  // namespace

TEST_CASE("paragraphs, emphasis, lists, quotes and code become HTML") {
    CHECK(comment("One *two* **three** `four`\nfive  \nsix") ==
          "<p>One <em>two</em> <strong>three</strong> <code>four</code>\nfive<br>\nsix</p>\n");
    CHECK(comment("- a\n- b") == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
    CHECK(comment("3. a\n4. b") == "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n");
    CHECK(comment("> a") == "<blockquote>\n<p>a</p>\n</blockquote>\n");
    CHECK(comment("```html\n<b>\n```") == "<pre><code>&lt;b&gt;\n</code></pre>\n");
    CHECK(comment("a\n\n---\n\nb") == "<p>a</p>\n<hr>\n<p>b</p>\n");
    CHECK(comment("    four spaces are no code") == "<p>four spaces are no code</p>\n");
    CHECK(comment("~~a~~ stays") == "<p>~~a~~ stays</p>\n");
    CHECK(comment("") == "");
}

TEST_CASE("headings are plain in comments and begin at the second level in essays") {
    CHECK(comment("# Big") == "<p><strong>Big</strong></p>\n");
    CHECK(essay("# Big") == "<h2>Big</h2>\n");
    CHECK(essay("### Small") == "<h3>Small</h3>\n");
    CHECK(essay("Under\n=====") == "<h2>Under</h2>\n");
}

TEST_CASE("raw HTML is shown, never interpreted") {
    CHECK(comment("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
    CHECK(essay("a <b onclick=x>b</b> <!-- c -->") ==
          "<p>a &lt;b onclick=x&gt;b&lt;/b&gt; &lt;!-- c --&gt;</p>\n");
    CHECK(essay("&lt;script&gt; &copy; &#60;b&#x3e; &unknown;") ==
          "<p>&lt;script&gt; © &lt;b&gt; &amp;unknown;</p>\n");
    CHECK(essay("`<script>`") == "<p><code>&lt;script&gt;</code></p>\n");
}

TEST_CASE("links lead to the web, mail, telephones and pages of this site") {
    std::string const tail = std::string(rel) + "a</a></p>\n";
    CHECK(comment("[a](https://x.org/?a=1&b=2)") ==
          "<p><a href=\"https://x.org/?a=1&amp;b=2\"" + tail);
    CHECK(comment("[a](/essays/one \"t<script>\")") == "<p><a href=\"/essays/one\"" + tail);
    CHECK(comment("[a](mailto:a@b.org)") == "<p><a href=\"mailto:a@b.org\"" + tail);
    CHECK(comment("[a](tel:116123)") == "<p><a href=\"tel:116123\"" + tail);
    CHECK(comment("[a](<https://x.org/é \">)") ==
          "<p><a href=\"https://x.org/%C3%A9%20%22\"" + tail);
    CHECK(comment("https://x.org/a") ==
          "<p><a href=\"https://x.org/a\"" + std::string(rel) + "https://x.org/a</a></p>\n");
}

TEST_CASE("hostile addresses leave only their words") {
    for (std::string_view target : {"javascript:alert(1)",
                                    "JaVaScRiPt:alert(1)",
                                    "data:text/html,x",
                                    "vbscript:x",
                                    "javascript&colon;alert(1)",
                                    "&#106;avascript:alert(1)",
                                    "&#x6A;avascript:alert(1)",
                                    "java&#9;script:alert(1)",
                                    "java&#10;script:alert(1)",
                                    "&#1;javascript:alert(1)",
                                    "//evil.org/",
                                    "/\\evil.org",
                                    "/&#9;/evil.org",
                                    "/&#47;evil.org",
                                    "\\\\evil.org",
                                    "http:evil",
                                    "http://",
                                    "https:///evil.org",
                                    "file:///etc/passwd",
                                    "evil.html",
                                    "#top",
                                    "?q",
                                    "&#0;javascript:x",
                                    "blob:x",
                                    "view-source:x"}) {
        CAPTURE(target);
        CHECK(essay("[a](" + std::string(target) + ")") == "<p>a</p>\n");
        CHECK(essay("![a](" + std::string(target) + ")") == "<p>a</p>\n");
        CHECK(essay("[a]\n\n[a]: " + std::string(target)) == "<p>a</p>\n");
    }
    CHECK(essay("<javascript:alert(1)>") == "<p>javascript:alert(1)</p>\n");
    CHECK(essay("[a](/x\" onclick=\"y)").find("onclick=\"") == std::string::npos);
    CHECK(essay("[a](https://" + std::string(limits::link_bytes_max, 'x') + ")") == "<p>a</p>\n");
}

TEST_CASE("pictures of this site stand in essays, any other is a link") {
    CHECK(essay("![a *b* \"c\"](/files/x1_-.webp)") ==
          "<p><img src=\"/files/x1_-.webp\" alt=\"a b &quot;c&quot;\" loading=\"lazy\"></p>\n");
    std::string const link = "<p><a href=\"/files/x.webp\"" + std::string(rel) + "a</a></p>\n";
    CHECK(comment("![a](/files/x.webp)") == link);
    CHECK(essay("![a](https://x.org/p.png)") ==
          "<p><a href=\"https://x.org/p.png\"" + std::string(rel) + "a</a></p>\n");
    CHECK(essay("![a](/files/../sign-out)").find("<img") == std::string::npos);
    CHECK(comment("[![a](https://x.org/p)](https://y.org/)") ==
          "<p><a href=\"https://y.org/\"" + std::string(rel) + "a</a></p>\n");
    CHECK(essay("![a ![b](/files/b) c](/files/a)") ==
          "<p><img src=\"/files/a\" alt=\"a b c\" loading=\"lazy\"></p>\n");
}

TEST_CASE("a content note folds and a pull quote stands out, in essays only") {
    CHECK(render_markdown("a\n\n::: note grief & <loss>\nb\n\n*c*\n:::\nd", MarkdownKind::essay,
                          {"Hinweis:"}) ==
          "<p>a</p>\n<details class=\"note\"><summary><span><b>Hinweis:</b> grief &amp; "
          "&lt;loss&gt;</span></summary><div>\n<p>b</p>\n<p><em>c</em></p>\n</div></details>\n"
          "<p>d</p>\n");
    CHECK(essay("::: pull\nWe heal.\n:::") ==
          "<blockquote class=\"pull\">\n<p>We heal.</p>\n</blockquote>\n");
    CHECK(essay("::: note x\nopen to the end")
              .ends_with("<p>open to the end</p>\n</div></details>\n"));
    CHECK(comment("::: pull\na\n:::") == "<p>::: pull\na\n:::</p>\n");
    CHECK(essay("```\n::: note x\n```") == "<pre><code>::: note x\n</code></pre>\n");
    CHECK(essay("::: other\n:::") == "<p>::: other\n:::</p>\n");
}

TEST_CASE("broken UTF-8, NUL and control characters become harmless") {
    CHECK(comment("a\xFF\xC0\x80z") == "<p>a\uFFFD\uFFFD\uFFFDz</p>\n");
    CHECK(comment(std::string_view("a\0b\x1B[0m", 7)) == "<p>ab[0m</p>\n");
    CHECK(comment("&#0; &#27; &#xD800; &#99999999999;") ==
          "<p>\uFFFD \uFFFD \uFFFD &amp;#99999999999;</p>\n");
}

TEST_CASE("nesting is bounded and what is deeper keeps its words") {
    std::string const html = comment(repeated("> ", 2 * 22) + "deep");
    CHECK(html.find("deep") != std::string::npos);
    std::size_t quotes = 0;
    for (std::size_t at = 0; (at = html.find("<blockquote>", at)) != html.npos; ++at) ++quotes;
    CHECK(quotes == limits::markdown_depth_max);
    CHECK(comment(repeated("> ", 2000) + "deep").find("<blockquote>") == std::string::npos);
}

TEST_CASE("what is too long is refused") {
    CHECK_THROWS_AS((void)comment(std::string(limits::post_bytes_max + 1, 'a')), Refusal);
    CHECK_THROWS_AS((void)essay(std::string(limits::essay_bytes_max + 1, 'a')), Refusal);
    CHECK_NOTHROW((void)essay(std::string(limits::essay_bytes_max, 'a')));
}

TEST_CASE("hostile Markdown of the allowed size stays of bounded size") {
    for (std::string const& text : tests::hostile_markdown()) {
        CAPTURE(text.substr(0, 20));
        CHECK(essay(text).size() < 40 * text.size());
        std::string const post = text.substr(0, limits::post_bytes_max);
        CHECK(comment(post).size() < 40 * post.size());
        CHECK(code_points(plain_text_of_markdown(text, 400)) <= 400);
    }
}

TEST_CASE("an honest long essay is rendered, however long") {
    std::string text;
    while (text.size() < limits::essay_bytes_max - 2000)
        text += "## A heading\n\nSome *words* that [lead](https://x.org/) somewhere. " +
                repeated("And more words, plainly said. ", 1200) + "\n\n- one\n- two\n\n";
    CHECK(essay(text).starts_with("<h2>A heading</h2>\n<p>Some <em>words</em>"));
    std::string list;
    while (list.size() < 60'000) list += "- [a link](https://x.org/page)\n";
    CHECK(essay(list).starts_with("<ul>\n<li><a href="));
    std::string const code = "```\n" + repeated("call(a[0], *b); // x\n", 100'000) + "\n```";
    CHECK(essay(code).starts_with("<pre><code>"));
}

TEST_CASE("the verifying pass lets nothing through that rendering doesn't make") {
    using markdown::check_markup;
    for (std::string_view html :
         {"<script>",
          "<p onclick=\"x\"></p>",
          "<p>",
          "</p>",
          "<p></em>",
          "<img src=\"/files/a\">",
          "<img src=\"https://x.org/a\" alt=\"\" loading=\"lazy\">",
          "<a href=\"/x\">a</a>",
          "<a href=\"javascript:x\" rel=\"nofollow noopener noreferrer\">a</a>",
          "<a href=\"//x\" rel=\"nofollow noopener noreferrer\">a</a>",
          "<a href=\"/&#106;\" rel=\"nofollow noopener noreferrer\">a</a>",
          "<a href=\"/x\" rel=\"nofollow noopener noreferrer\" target=\"x\">a</a>",
          "a < b",
          "a > b",
          "<ol start=\"x\"></ol>",
          "<details></details>",
          "<h1></h1>",
          "<style></style>",
          "<!-- -->",
          "<P></P>",
          "<p\n></p\n>",
          "<br/>",
          "<iframe></iframe>",
          "<svg></svg>"}) {
        CAPTURE(html);
        CHECK_THROWS_AS(check_markup(html), std::logic_error);
    }
    CHECK_NOTHROW(check_markup("<p>a &lt; b<br>\n</p><ol start=\"0\"><li></li></ol>"));
}

TEST_CASE("words in which the parser loses its way are shown as they were typed") {
    CHECK(comment("*[](*)") == "<p>*[](*)</p>\n");
    CHECK(essay("a\n\n*[](*)\nb") == "<p>a</p>\n<p>*[](*)<br>\nb</p>\n");
    CHECK(comment("*[](*)\n\nftp://.S*e*") == "<p>*[](*)</p>\n<p>ftp://.S*e*</p>\n");
    CHECK(comment("*a* [b](https://kith.example/c*)") ==
          "<p><em>a</em> <a href=\"https://kith.example/c*\"" + std::string(rel) + "b</a></p>\n");
}

TEST_CASE("plain text has the words only, is cut between words and unfolds nothing") {
    CHECK(plain_text_of_markdown("# A *b*\n\nc [d](https://x.org) &amp; `e`\nf", 100) ==
          "A b\nc d & e f");
    CHECK(plain_text_of_markdown("one two three four", 12) == "one two…");
    CHECK(plain_text_of_markdown("one two", 7) == "one two");
    CHECK(plain_text_of_markdown(repeated("é", 2000), 10) == repeated("é", 18) + "…");
    CHECK(plain_text_of_markdown("a\n\n::: note x\nhidden\n:::\n\nb", 100) == "a\nb");
    CHECK(plain_text_of_markdown("a", 0) == "");
    std::string const long_text = repeated("word ", 200'000);
    CHECK(code_points(plain_text_of_markdown(long_text, 400)) <= 400);
}

TEST_CASE("reading time is in whole minutes") {
    CHECK(reading_minutes("") == 1);
    CHECK(reading_minutes(repeated("word ", 5 * 230 * 4)) == 4);
    CHECK(reading_minutes(repeated("字", 3 * 1500)) == 3);
    CHECK(reading_minutes("::: note x\n" + repeated("word ", 5 * 230 * 2) + "\n:::") == 2);
}
