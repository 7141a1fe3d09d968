#include <doctest/doctest.h>

#include <fstream>

#include "app/backup_archive.hpp"
#include "app/postgres_dump.hpp"
#include "app/sealed.hpp"
#include "app/tar.hpp"
#include "test_directory.hpp"
#include "web/command.hpp"

namespace kith::app {
namespace {

using web::CommandRefused;

/// Gives `bytes` in parts of `size`.
Source in_parts(std::string bytes, std::size_t size) {
    return [bytes = std::move(bytes), size, at = std::size_t{0}]() mutable {
        auto part = bytes.substr(std::min(at, bytes.size()), size);
        at += part.size();
        return part;
    };
}

std::string all_of(Source const& source) {
    std::string all;
    for (auto bytes = source(); !bytes.empty(); bytes = source()) all += bytes;
    return all;
}

std::string tar_of(std::string const& name, std::string const& bytes) {
    std::string tar;
    TarWriter writer([&](std::string_view part) { tar += part; });
    writer.begin(name, bytes.size());
    writer.add(bytes);
    writer.end_file();
    writer.end_archive();
    return tar;
}

std::string first_name(std::string const& tar, std::size_t part = 100) {
    TarReader reader(in_parts(tar, part));
    auto const file = reader.next();
    return file ? file->name + "=" + all_of([&] { return reader.read(); }) : std::string();
}

TEST_CASE("an archive gives back what was put in, in whatever parts it comes") {
    for (std::size_t const size : {std::size_t{0}, std::size_t{1}, std::size_t{511},
                                   std::size_t{512}, std::size_t{513}, std::size_t{70'000}}) {
        std::string const bytes(size, 'x');
        for (std::size_t const part : {std::size_t{1}, std::size_t{512}, std::size_t{100'000}})
            CHECK(first_name(tar_of("files/a", bytes), part) == "files/a=" + bytes);
    }
}

TEST_CASE("an archive that leads out, is cut off or isn't one is refused") {
    for (auto const* name : {"../a", "/a", "a/../b", "a/", "./a", "..", ""})
        CHECK_THROWS_AS(first_name(tar_of(name, "x")), CommandRefused);
    CHECK_THROWS_AS(tar_of(std::string(101, 'a'), "x"), CommandRefused);
    auto const whole = tar_of("a", "words");
    for (std::size_t const left :
         {std::size_t{0}, std::size_t{100}, std::size_t{512}, std::size_t{514}})
        CHECK_THROWS_AS(first_name(whole.substr(0, left)), CommandRefused);
    auto link = whole;
    link[156] = '2';
    CHECK_THROWS_AS(first_name(link), CommandRefused);
    auto huge = whole;
    huge.replace(124, 4, "7777");
    CHECK_THROWS_AS(first_name(huge), CommandRefused);
}

TEST_CASE("what is sealed opens with its passphrase alone, whole and unchanged") {
    for (std::size_t const size : {std::size_t{0}, std::size_t{65'536}, std::size_t{200'000}}) {
        std::string const words(size, 'w');
        std::string sealed;
        Sealing sealing("nine calm herons", [&](std::string_view part) { sealed += part; });
        sealing.add(words);
        sealing.finish();
        auto const open = [&](std::string const& passphrase, std::string const& bytes) {
            Unsealing unsealing(passphrase, in_parts(bytes, 1000));
            return all_of([&] { return unsealing.next(); });
        };
        CHECK(open("nine calm herons", sealed) == words);
        CHECK_THROWS_AS(open("nine calm heron", sealed), CommandRefused);
        CHECK_THROWS_AS(open("nine calm herons", sealed + "x"), CommandRefused);
        CHECK_THROWS_AS(open("nine calm herons", sealed.substr(0, sealed.size() - 1)),
                        CommandRefused);
        auto changed = sealed;
        changed[sealed.size() / 2] ^= 1;
        CHECK_THROWS_AS(open("nine calm herons", changed), CommandRefused);
    }
}

TEST_CASE("a part of what is sealed can't be left out at its end") {
    std::string sealed;
    Sealing sealing("nine calm herons", [&](std::string_view part) { sealed += part; });
    sealing.add(std::string(3 * 65'536, 'w'));
    sealing.finish();
    Unsealing unsealing("nine calm herons",
                        in_parts(sealed.substr(0, sealed.size() - 65'553), 999));
    CHECK_THROWS_AS(all_of([&] { return unsealing.next(); }), CommandRefused);
}

TEST_CASE("a file that was added to an archive, or changed in it, is told from its manifest") {
    tests::TestDirectory const directory;
    auto const path = directory.path / "a";
    std::ofstream(path) << "words";
    std::string tar;
    auto const take = [&](std::string_view part) { tar += part; };
    CHECK(write_archive({{"kith.db", path}, {"files/gone", directory.path / "gone"}}, take) == 1);
    CHECK(read_archive(in_parts(tar, 77), std::nullopt) == 1);
    auto const into = directory.path / "into";
    CHECK(read_archive(in_parts(tar, 77), into) == 1);
    CHECK(std::filesystem::file_size(into / "kith.db") == 5);
    auto changed = tar;
    changed[512] = 'W';
    CHECK_THROWS_WITH(read_archive(in_parts(changed, 77), std::nullopt),
                      doctest::Contains("kith.db was changed"));
    auto const added = tar_of("b", "x").substr(0, 1024) + tar;
    CHECK_THROWS_WITH(read_archive(in_parts(added, 77), std::nullopt),
                      doctest::Contains("b was added"));
    tar.clear();
    CHECK(write_archive({{"secret.key", path}}, take) == 1);
    CHECK_THROWS_WITH(read_archive(in_parts(tar, 77), std::nullopt),
                      doctest::Contains("holds no database"));
    CHECK_THROWS(write_archive({{"kith.db", directory.path / "gone"}}, take));
}

TEST_CASE("a password isn't shown on the command line of another program") {
    auto const split = without_password("postgresql://kith:p%40s+s@host:5432/name?sslmode=require");
    CHECK(split.url == "postgresql://kith@host:5432/name?sslmode=require");
    CHECK(split.password == "p@s+s");
    for (auto const* plain : {"postgresql://kith@host:5432/name", "postgresql:///name",
                              "postgresql://host/name?x=a:b@c"}) {
        CHECK(without_password(plain).url == plain);
        CHECK(without_password(plain).password.empty());
    }
}

}  // namespace
}  // namespace kith::app
