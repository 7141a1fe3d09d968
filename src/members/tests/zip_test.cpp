#include "members/zip.hpp"

#include <doctest/doctest.h>
#include <zip.h>

#include <map>
#include <stdexcept>

using namespace kith;
using namespace kith::members;

namespace {

/// Name to content, as libzip reads it back.
std::map<std::string, std::string> unpacked(std::string const& bytes) {
    zip_source_t* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
    zip_t* const zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, nullptr);
    REQUIRE(zip != nullptr);
    std::map<std::string, std::string> files;
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); ++i) {
        zip_stat_t stat{};
        auto const index = static_cast<zip_uint64_t>(i);
        REQUIRE(zip_stat_index(zip, index, 0, &stat) == 0);
        std::string content(stat.size, '\0');
        zip_file_t* const file = zip_fopen_index(zip, index, 0);
        CHECK(zip_fread(file, content.data(), content.size()) ==
              static_cast<zip_int64_t>(content.size()));
        zip_fclose(file);
        CHECK(stat.mtime == 1'700'000'000);
        files[stat.name] = content;
    }
    zip_discard(zip);
    return files;
}

Time some_time() { return Time(std::chrono::seconds(1'700'000'000)); }

}  // namespace

TEST_CASE("what is packed comes out again") {
    ZipWriter zip(some_time());
    std::string const large(3'000'000, 'x');
    zip.add("data.json", "{\"a\":1}");
    zip.add("essays/größe.md", large);
    zip.add("empty.txt", "");
    std::string const bytes = zip.finish();
    CHECK(bytes.size() < 100'000);
    CHECK(unpacked(bytes) == std::map<std::string, std::string>{{"data.json", "{\"a\":1}"},
                                                                {"essays/größe.md", large},
                                                                {"empty.txt", ""}});
}

TEST_CASE("an archive without files is one") {
    ZipWriter zip(some_time());
    CHECK(unpacked(zip.finish()).empty());
}

TEST_CASE("a name that could leave its folder is refused") {
    ZipWriter zip(some_time());
    for (std::string const& name :
         {std::string(""), std::string("/etc/passwd"), std::string("../x"), std::string("a/../x"),
          std::string("a//b"), std::string("a/"), std::string("./a"), std::string("a\\b"),
          std::string("C:a"), std::string("a\0b", 3), std::string("a\nb"), std::string("\xFF")})
        CHECK_THROWS_AS(zip.add(name, "x"), std::invalid_argument);
    zip.add("a", "x");
    CHECK_THROWS_AS(zip.add("a", "y"), std::invalid_argument);
}

TEST_CASE("a finished archive takes nothing more, one thrown away is no leak") {
    ZipWriter zip(some_time());
    zip.add("a", "x");
    (void)zip.finish();
    CHECK_THROWS_AS(zip.add("b", "x"), std::logic_error);
    CHECK_THROWS_AS((void)zip.finish(), std::logic_error);
    ZipWriter thrown_away(some_time());
    thrown_away.add("a", "x");
}
