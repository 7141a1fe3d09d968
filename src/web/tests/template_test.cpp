#include "web/template.hpp"

#include <array>
#include <doctest/doctest.h>
#include <thread>

namespace kith::web::template_test {

enum class Status { draft, published };
BOOST_DESCRIBE_ENUM(Status, draft, published)

struct Person {
    std::string name;
    std::optional<std::string> pronouns;
};
BOOST_DESCRIBE_STRUCT(Person, (), (name, pronouns))

struct Comment {
    std::string words;
    Person author;
    std::vector<Comment> replies;
};
BOOST_DESCRIBE_STRUCT(Comment, (), (words, author, replies))

struct Page {
    std::string title = "Essay";
    std::string empty;
    Html body{"<p>safe</p>"};
    bool yes = true;
    bool no = false;
    int count = 3;
    int zero = 0;
    double share = 0.5;
    Status status = Status::published;
    Time at;
    std::optional<Person> guide;
    std::optional<Person> nobody;
    std::vector<std::string> tags{"a", "b"};
    std::vector<std::string> no_tags;
    std::vector<Person> people{{"Rosa", {}}, {"Ben", "he"}};
    std::vector<Comment> comments;
};
BOOST_DESCRIBE_STRUCT(Page, (),
                      (title, empty, body, yes, no, count, zero, share, status, at, guide, nobody,
                       tags, no_tags, people, comments))

struct Frame {
    std::string language = "en";
    std::string title = "Kith";
    Person viewer{"Ada", {}};
};
BOOST_DESCRIBE_STRUCT(Frame, (), (language, title, viewer))

namespace {

using namespace std::chrono;

Words some_words() {
    Words words;
    words.add("en", R"({"page.by": "by {name} & co", "page.plain": "Plain’s",
                        "page.count": "{people, plural, one {# person} other {# people}}",
                        "page.when": "{at}"})");
    words.add("de", R"({"page.by": "von {name}"})");
    return words;
}

Page some_page() {
    Page page;
    page.at = sys_days(2025y / March / 8) + 6h + 52min;
    page.guide = Person{"<Grace>", "she"};
    return page;
}

Reading some_reading() {
    Reading reading;
    reading.zone = "Europe/Berlin";
    reading.now = sys_days(2025y / March / 8) + 12h;
    return reading;
}

std::string rendered(std::string_view source, std::string_view partial = "") {
    auto const words = some_words();
    Templates templates(words);
    templates.add("test/page", source);
    templates.add("test/part", partial);
    auto const page = some_page();
    std::string out;
    templates.render(out, "test/page", shape_of<Page>(), &page, some_reading());
    return out;
}

std::string fault_of(std::string_view source) {
    try {
        auto const words = some_words();
        Templates templates(words);
        templates.add("test/page", source);
        templates.check("test/page", shape_of<Page>());
        return "";
    } catch (TemplateFault const& fault) {
        return fault.what();
    }
}

struct Case {
    std::string_view what;
    std::string_view source;
    std::string_view result;
};

// After the cases of the public Mustache specification, for what is supported here.
TEST_CASE("interpolation") {
    static constexpr std::array cases{
        Case{"none", "Hello from {Mustache}!\n", "Hello from {Mustache}!\n"},
        Case{"text", "Hello, {{title}}!", "Hello, Essay!"},
        Case{"escaping", "{{guide.name}}", "&lt;Grace&gt;"},
        Case{"markup passes", "{{body}}", "<p>safe</p>"},
        Case{"number", "{{count}} {{share}}", "3 0.5"},
        Case{"truth", "{{yes}} {{no}}", "true false"},
        Case{"choice", "{{status}}", "published"},
        Case{"dotted names", "{{guide.pronouns}}", "she"},
        Case{"absent", "[{{nobody.name}}]", "[]"},
        Case{"padding in the tag", "|{{  title\n }}|", "|Essay|"},
        Case{"surrounding space", "| {{title}} |", "| Essay |"},
        Case{"alone on its line", "  {{title}}\n", "  Essay\n"},
        Case{"adjacent", "{{title}}{{count}}", "Essay3"},
    };
    for (auto const& test : cases) {
        CAPTURE(test.what);
        CHECK(rendered(test.source) == test.result);
    }
}

TEST_CASE("sections") {
    static constexpr std::array cases{
        Case{"true", "\"{{#yes}}shown{{/yes}}\"", "\"shown\""},
        Case{"false", "\"{{#no}}shown{{/no}}\"", "\"\""},
        Case{"object", "{{#guide}}{{name}} of {{title}}{{/guide}}", "&lt;Grace&gt; of Essay"},
        Case{"absent", "{{#nobody}}shown{{/nobody}}", ""},
        Case{"text", "{{#title}}Hi {{.}}{{/title}}", "Hi Essay"},
        Case{"empty text", "{{#empty}}shown{{/empty}}", ""},
        Case{"number", "{{#count}}{{.}}{{/count}}{{#zero}}shown{{/zero}}", "3"},
        Case{"markup", "{{#body}}{{.}}{{/body}}", "<p>safe</p>"},
        Case{"list of objects", "{{#people}}{{name}},{{/people}}", "Rosa,Ben,"},
        Case{"list of texts", "{{#tags}}({{.}}){{/tags}}", "(a)(b)"},
        Case{"empty list", "{{#no_tags}}shown{{/no_tags}}", ""},
        Case{"nested lists", "{{#people}}{{#tags}}{{name}}{{.}} {{/tags}}{{/people}}",
             "Rosaa Rosab Bena Benb "},
        Case{"deep lookup", "{{#people}}{{#yes}}{{name}}{{title}}{{/yes}}{{/people}}",
             "RosaEssayBenEssay"},
        Case{"optional in an element",
             "{{#people}}{{name}}{{#pronouns}} ({{.}}){{/pronouns}};"
             "{{/people}}",
             "Rosa;Ben (he);"},
        Case{"the context comes back",
             "{{#guide}}{{name}}{{/guide}}{{#people}}{{/people}}"
             "{{#guide}}{{name}}{{/guide}}",
             "&lt;Grace&gt;&lt;Grace&gt;"},
        Case{"dotted name", "{{#guide.pronouns}}{{.}}{{/guide.pronouns}}", "she"},
        Case{"choice",
             "{{#status.published}}yes{{/status.published}}"
             "{{#status.draft}}no{{/status.draft}}",
             "yes"},
        Case{"doubled", "{{#yes}}\n* first\n{{/yes}}\n* second\n{{#yes}}\n* third\n{{/yes}}\n",
             "* first\n* second\n* third\n"},
        Case{"nested true", "| A {{#yes}}B {{#yes}}C{{/yes}} D{{/yes}} E |", "| A B C D E |"},
        Case{"nested false", "| A {{#no}}B {{#no}}C{{/no}} D{{/no}} E |", "| A  E |"},
        Case{"surrounding space", " | {{#yes}}\t|\t{{/yes}} | \n", " | \t|\t | \n"},
        Case{"inner line", " | {{#yes}} {{! no }}\n {{/yes}} | \n", " |  \n  | \n"},
        Case{"indented inline", " {{#yes}}YES{{/yes}}\n {{#yes}}GOOD{{/yes}}\n", " YES\n GOOD\n"},
        Case{"standalone lines", "| This Is\n{{#yes}}\n|\n{{/yes}}\n| A Line\n",
             "| This Is\n|\n| A Line\n"},
        Case{"indented standalone", "| This Is\n  {{#yes}}\n|\n  {{/yes}}\n| A Line\n",
             "| This Is\n|\n| A Line\n"},
        Case{"carriage returns", "|\r\n{{#yes}}\r\n{{/yes}}\r\n|", "|\r\n|"},
        Case{"no line before", "  {{#yes}}\n#{{/yes}}\n/", "#\n/"},
        Case{"no line after", "#{{#yes}}\n/\n  {{/yes}}", "#\n/\n"},
        Case{"padding in the tag", "|{{# yes }}={{/ yes }}|", "|=|"},
    };
    for (auto const& test : cases) {
        CAPTURE(test.what);
        CHECK(rendered(test.source) == test.result);
    }
}

TEST_CASE("inverted sections") {
    static constexpr std::array cases{
        Case{"false", "{{^no}}shown{{/no}}", "shown"},
        Case{"true", "{{^yes}}shown{{/yes}}", ""},
        Case{"object", "{{^guide}}shown{{/guide}}", ""},
        Case{"absent", "{{^nobody}}shown{{/nobody}}", "shown"},
        Case{"list", "{{^tags}}shown{{/tags}}{{^no_tags}}empty{{/no_tags}}", "empty"},
        Case{"dotted through absent", "{{^nobody.name}}shown{{/nobody.name}}", "shown"},
        Case{"choice", "{{^status.draft}}out{{/status.draft}}", "out"},
        Case{"the context stays", "{{#people}}{{^pronouns}}{{name}}{{/pronouns}}{{/people}}",
             "Rosa"},
        Case{"standalone lines", "| This Is\n{{^no}}\n|\n{{/no}}\n| A Line\n",
             "| This Is\n|\n| A Line\n"},
    };
    for (auto const& test : cases) {
        CAPTURE(test.what);
        CHECK(rendered(test.source) == test.result);
    }
}

TEST_CASE("comments") {
    static constexpr std::array cases{
        Case{"inline", "12345{{! Comment! }}67890", "1234567890"},
        Case{"multiline", "12345{{!\n  a\n  b\n}}67890\n", "1234567890\n"},
        Case{"standalone", "Begin.\n{{! Comment! }}\nEnd.\n", "Begin.\nEnd.\n"},
        Case{"indented standalone", "Begin.\n  {{! Comment! }}\nEnd.\n", "Begin.\nEnd.\n"},
        Case{"carriage returns", "|\r\n{{! Standalone }}\r\n|", "|\r\n|"},
        Case{"no line before", "  {{! alone }}\n!", "!"},
        Case{"no line after", "!\n  {{! alone }}", "!\n"},
        Case{"multiline standalone", "Begin.\n{{!\nSomething\n}}\nEnd.\n", "Begin.\nEnd.\n"},
        Case{"indented inline", "  12 {{! 34 }}\n", "  12 \n"},
    };
    for (auto const& test : cases) {
        CAPTURE(test.what);
        CHECK(rendered(test.source) == test.result);
    }
}

TEST_CASE("partials") {
    CHECK(rendered("\"{{> test/part }}\"", "*{{title}}*") == "\"*Essay*\"");
    CHECK(rendered("{{#people}}{{>test/part}}{{/people}}", "{{name}}{{title}} ") ==
          "RosaEssay BenEssay ");
    CHECK(rendered("| {{>test/part}} |", "\t|\t") == "| \t|\t |");
    CHECK(rendered("a\n  {{>test/part}}\nb", "x\ny\n") == "a\nx\ny\nb");
    CHECK(rendered("\\{{>test/part}}/", "") == "\\/");
}

TEST_CASE("a comment's replies are the same partial again") {
    auto const words = some_words();
    Templates templates(words);
    templates.add("talk/comment",
                  "<{{words}} by {{author.name}}{{#replies}}{{> talk/comment}}{{/replies}}>");
    templates.add("essays/page", "{{#comments}}{{> talk/comment}}{{/comments}}{{title}}");
    templates.check("essays/page", shape_of<Page>());
    Page page;
    page.comments = {{"one", {"A", {}}, {{"two", {"B", {}}, {{"three", {"C", {}}, {}}}}}},
                     {"four", {"D", {}}, {}}};
    std::string out;
    templates.render(out, "essays/page", shape_of<Page>(), &page, some_reading());
    CHECK(out == "<one by A<two by B<three by C>>><four by D>Essay");
    CHECK(templates.unused().empty());
}

TEST_CASE("partials without end are stopped") {
    auto const words = some_words();
    Templates templates(words);
    templates.add("test/page", "{{title}}{{> test/page}}");
    Page const page;
    std::string out;
    CHECK_THROWS_AS(templates.render(out, "test/page", shape_of<Page>(), &page, some_reading()),
                    std::length_error);
}

TEST_CASE("sentences are said in the reader's language and escaped") {
    CHECK(rendered("{{#people}}{{#t}}page.by{{/t}};{{/people}}") ==
          "by Rosa &amp; co;by Ben &amp; co;");
    CHECK(rendered("{{#guide}}{{# t }} page.by {{/ t }}{{/guide}}") == "by &lt;Grace&gt; &amp; co");
    CHECK(rendered("  {{#t}}page.plain{{/t}}\n") == "  Plain’s\n");
    CHECK(rendered("{{#t}}page.count{{/t}}") == "2 people");
    CHECK(rendered("{{#t}}page.when{{/t}}") == "Today, 07:52");
}

TEST_CASE("moments have several faces") {
    CHECK(rendered("{{at}} | {{at.iso}} | {{at.date}} | {{at.time}}") ==
          "Today, 07:52 | 2025-03-08T06:52:00Z | 8 March 2025 | 07:52");
    CHECK(rendered("{{#at}}{{.}}{{/at}}") == "Today, 07:52");
}

TEST_CASE("a name that the model lacks is found before anything is shown") {
    static std::string const models = "web.template_test.Page";
    CHECK(fault_of("a\nb {{titel}}") == "test/page, line 2: 'titel' isn't in " + models);
    CHECK(fault_of("{{#people}}\n{{nam}}{{/people}}") ==
          "test/page, line 2: 'nam' isn't in web.template_test.Person, " + models);
    CHECK(fault_of("{{guide.nam}}") ==
          "test/page, line 1: 'nam' isn't in web.template_test.Person");
    CHECK(fault_of("{{#no}}{{x}}{{/no}}").find("'x'") != std::string::npos);
    CHECK(fault_of("{{^yes}}{{x}}{{/yes}}").find("'x'") != std::string::npos);
    CHECK(fault_of("{{#status.lost}}{{/status.lost}}").find("'lost'") != std::string::npos);
    CHECK(fault_of("{{at.zone}}").find("'zone' isn't in a moment") != std::string::npos);
    CHECK(fault_of("{{at.iso.iso}}").find("'iso'") != std::string::npos);
    CHECK(fault_of("{{title.length}}").find("'length' isn't in a text") != std::string::npos);
    CHECK(fault_of("{{> test/gone}}").find("no template 'test/gone'") != std::string::npos);
    CHECK(fault_of("{{#t}}page.gone{{/t}}").find("no sentence 'page.gone'") != std::string::npos);
    CHECK(fault_of("{{#t}}page.by{{/t}}").find("'name' isn't in") != std::string::npos);
}

TEST_CASE("what makes no sense is refused") {
    for (auto const* source : {"{{{title}}}",
                               "{{&title}}",
                               "{{=<% %>=}}",
                               "{{<x}}",
                               "{{$x}}",
                               "{{*x}}",
                               "{{}}",
                               "{{#}}",
                               "{{title",
                               "{{#yes}}",
                               "{{/yes}}",
                               "{{#yes}}{{#no}}{{/yes}}{{/no}}",
                               "{{a..b}}",
                               "{{.a}}",
                               "{{people}}",
                               "{{guide}}",
                               "{{status.draft}}",
                               "{{#status}}{{/status}}",
                               "{{#at.iso}}{{/at.iso}}",
                               "{{#t}}{{title}}{{/t}}",
                               "{{#t}}page.plain",
                               "{{#t}}a b{{/t}}",
                               "{{> a b}}",
                               "{{.}}"}) {
        CAPTURE(source);
        CHECK_FALSE(fault_of(source).empty());
    }
}

TEST_CASE("after a fault nothing half made is left to run") {
    auto const words = some_words();
    Templates templates(words);
    templates.add("a/one", "{{title}}{{> a/two}}{{nothing}}");
    templates.add("a/two", "{{title}}{{#no}}{{> a/one}}{{/no}}");
    Page const page;
    std::string out;
    for (auto const* name : {"a/one", "a/two", "a/one", "a/two"})
        CHECK_THROWS_AS(templates.render(out, name, shape_of<Page>(), &page, some_reading()),
                        TemplateFault);
    CHECK(out.empty());
}

TEST_CASE("a page stands in its layout and sees the layout's model below its own") {
    auto const words = some_words();
    Templates templates(words);
    templates.add("app/layout", "<title>{{title}}</title>\n  {{> content}}\n<{{viewer.name}}>");
    templates.add("test/page", "{{title}} for {{viewer.name}}\n");
    templates.check_page("app/layout", shape_of<Frame>(), "test/page", shape_of<Page>());
    Page const page;
    Frame const frame;
    std::string out;
    templates.render_page(out, "app/layout", model_of(frame), "test/page", model_of(page),
                          some_reading());
    CHECK(out == "<title>Kith</title>\nEssay for Ada\n<Ada>");
    out.clear();
    std::array const stack{model_of(frame), model_of(page)};
    templates.render(out, "test/page", stack, some_reading());
    CHECK(out == "Essay for Ada\n");
    CHECK_THROWS_AS(templates.check("test/page", shape_of<Page>()), TemplateFault);
}

TEST_CASE("templates of a room are named by it, once, and unused ones are told") {
    auto const words = some_words();
    Templates templates(words);
    std::array const resources{Resource{"templates/page.mustache", "{{title}}"},
                               Resource{"templates/old.mustache", "x"},
                               Resource{"words/en.json", "{}"}};
    templates.add_room("essays", resources);
    CHECK(templates.has("essays/page"));
    templates.check("essays/page", shape_of<Page>());
    CHECK(templates.unused() == std::vector<std::string>{"essays/old"});
    CHECK_THROWS_AS(templates.add_room("essays", resources), TemplateFault);
}

TEST_CASE("several threads may render what nothing has checked") {
    auto const words = some_words();
    Templates templates(words);
    templates.add("test/page", "{{#people}}{{name}} {{at}};{{/people}}");
    auto const page = some_page();
    std::array<std::string, 4> outs;
    {
        std::array<std::jthread, 4> threads;
        for (std::size_t i = 0; i < threads.size(); ++i)
            threads[i] = std::jthread([&, i] {
                for (int n = 0; n < 50; ++n) {
                    outs[i].clear();
                    templates.render(outs[i], "test/page", shape_of<Page>(), &page, some_reading());
                }
            });
    }
    for (auto const& out : outs) CHECK(out == "Rosa Today, 07:52;Ben Today, 07:52;");
}

}  // namespace

}  // namespace kith::web::template_test
