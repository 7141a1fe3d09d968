#include <doctest/doctest.h>

#include <fstream>

#include "app/import_discourse.hpp"
#include "app/import_files.hpp"
#include "app/import_limits.hpp"
#include "app/import_nodebb.hpp"
#include "app/import_text.hpp"
#include "test_directory.hpp"
#include "web/command.hpp"

namespace kith::app {
namespace {

using Words = std::vector<std::string>;

std::filesystem::path file_with(tests::TestDirectory const& directory, std::string const& text) {
    auto path = directory.path / "file";
    std::ofstream(path, std::ios::binary) << text;
    return path;
}

TEST_CASE("a date is read as it is written elsewhere, and nothing else is") {
    auto const day = Time(std::chrono::sys_days(std::chrono::year(2019) / 3 / 2));
    auto const moment = day + std::chrono::hours(10) + std::chrono::seconds(12);
    CHECK(parse_time("2019-03-02") == day);
    CHECK(parse_time("2019-03-02 10:00:12") == moment);
    CHECK(parse_time("2019-03-02T10:00:12Z") == moment);
    CHECK(parse_time("2019-03-02 10:00:12.25") == moment + std::chrono::milliseconds(250));
    CHECK(parse_time("2019-03-02 10:00:12+00") == moment);
    for (auto const* wrong : {"", "2019", "2019-13-02", "2019-02-30", "0001-01-01", "2019-03-02x",
                              "2019-03-02 25:00", "2019-03-02 10:00:12+02", "-019-03-02"})
        CHECK_FALSE(parse_time(wrong));
}

TEST_CASE("a table of values is read with its quotes, its lines and its mistakes") {
    auto const rows =
        read_csv("\xef\xbb\xbfname;email\r\n\"Ada \"\"A\"\"\nB\";a@b.de\r\n\r\n x ;\n");
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].fields == Words{"name", "email"});
    CHECK(rows[1].fields == Words{"Ada \"A\"\nB", "a@b.de"});
    CHECK(rows[1].line == 2);
    CHECK(rows[2].fields == Words{" x ", ""});
    CHECK(rows[2].line == 5);
    CHECK(read_csv("a,b\n\"open,c\nd,e").back().broken);
    std::string const large(limits::import_csv_field_bytes_max + 1, 'x');
    CHECK(read_csv("a,b\nc," + large + "\n").back().broken);
    CHECK(read_csv("").empty());
}

TEST_CASE("a name is one line of letters, however it came") {
    CHECK(clean_name("  Ada\nB\x01 ") == "Ada B");
    CHECK(clean_name("\xff") == "\xef\xbf\xbd");
    CHECK(clean_name(std::string(1000, 'x')).size() == 60);
    CHECK(clean_name(" \n").empty());
    CHECK(clean_text("a\x01\x1b[2Jb\nc\td\xff") == "a[2Jb\nc\td\xef\xbf\xbd");
}

TEST_CASE("front matter gives title, author and date, and the rest is the essay") {
    auto const file = read_essay_file(
        "name",
        "---\ntitle: \"On: rain\"\nauthor: Ada\ndate: 2020-01-05\nlayout: post\n---\nWords.\n");
    CHECK(file.title == "On: rain");
    CHECK(file.author == "Ada");
    CHECK(file.at == parse_time("2020-01-05"));
    CHECK(file.markdown == "Words.\n");
    CHECK(read_essay_file("name", "# Heading\n\nWords.\n").title == "Heading");
    CHECK(read_essay_file("name", "Words.\n\nMore.\n").title != "");
    CHECK(read_essay_file("name", "---\ndate: soon\n---\nx").bad_date);
    auto const open = read_essay_file("name", "---\ntitle: never\nends\n");
    CHECK(open.title != "never");
}

TEST_CASE("quotes of a forum become quotes of Markdown") {
    CHECK(with_markdown_quotes("[quote=\"bob, post:1, topic:2\"]\nOne\n\nTwo\n[/quote]\nYes.") ==
          "> One\n> \n> Two\n\nYes.");
    CHECK(with_markdown_quotes("plain\n[/quote]") == "plain\n[/quote]");
    CHECK(with_markdown_quotes("") == "");
}

TEST_CASE("a dump of another kind, or one that is cut off, is refused") {
    tests::TestDirectory const directory;
    ImportReport report;
    auto const refuses = [&](std::string const& text) {
        CHECK_THROWS_AS(
            static_cast<void>(read_discourse(file_with(directory, text), Time{}, report)),
            web::CommandRefused);
    };
    refuses("");
    refuses("CREATE TABLE x;\n");
    refuses("COPY public.posts (id, raw) FROM stdin;\n1\tx\n\\.\n");
    std::string const users =
        "COPY public.users (id, username, active, staged, suspended_till) FROM stdin;\n";
    refuses(users + "1\tada\tt\tf\t\\N\n");
    refuses(users +
            "\\.\nCOPY public.topics (id, title, archetype, category_id, deleted_at, "
            "visible) FROM stdin;\n\\.\n");
    CHECK_THROWS_AS(static_cast<void>(read_discourse(directory.path / "none", Time{}, report)),
                    web::CommandRefused);
    CHECK_THROWS_AS(static_cast<void>(read_nodebb(file_with(directory, "{}\n7\n"), report)),
                    web::CommandRefused);
    CHECK(report.faults == Words{"line 2: no object of JSON"});
}

TEST_CASE("a field of a dump is read as it was, and a broken row is named and passed over") {
    tests::TestDirectory const directory;
    ImportReport report;
    auto const forum = read_discourse(
        file_with(directory,
                  "COPY public.users (id, username, created_at, active, staged, suspended_till) "
                  "FROM stdin;\n"
                  "7\ta\\tb\\\\c\\nd\t2019-01-01 00:00:00\tt\tf\t\\N\n"
                  "8\tshort\n"
                  "-1\tsystem\t2019-01-01 00:00:00\tt\tf\t\\N\n"
                  "9\tgone\t2019-01-01 00:00:00\tt\tf\t2999-01-01 00:00:00\n"
                  "10\tback\t2019-01-01 00:00:00\tt\tf\t2020-01-01 00:00:00\n"
                  "\\.\n"),
        *parse_time("2026-01-01"), report);
    REQUIRE(forum.people.size() == 2);
    CHECK(forum.people.front().name == "a\tb\\c\nd");
    CHECK(report.faults == Words{"line 3: not as many fields as the table has columns"});
    CHECK(report.left_out.at("people who had been suspended") == 1);
}

TEST_CASE("a line that never ends doesn't fill the memory, and is named") {
    tests::TestDirectory const directory;
    auto const path = file_with(directory, "{\"_key\":\"user:1\",\"username\":\"ada\"}\n{\"x\":\"" +
                                               std::string(limits::import_line_bytes_max, 'x') +
                                               "\"}\n{\"_key\":\"user:2\",\"username\":\"bo\"}\n");
    ImportReport report;
    auto const forum = read_nodebb(path, report);
    CHECK(forum.people.size() == 2);
    CHECK(report.faults == Words{"line 2: too long to be read"});
}

}  // namespace
}  // namespace kith::app
