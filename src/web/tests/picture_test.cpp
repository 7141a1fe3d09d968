#include "web/picture.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vips/vips8>

#include "base/refusal.hpp"
#include "web/picture_header.hpp"
#include "web/picture_message.hpp"
#include "web/vips_library.hpp"

using namespace kith;
using namespace kith::web;
using namespace std::literals;

namespace {
constexpr auto no_library = "libnowhere-to-be-found.so.42";
}

// The worker of these tests is this program, asked for this one case by a word that only the
// worker gets.
TEST_CASE("picture worker") {
    std::ifstream file("/proc/self/cmdline");
    std::string const words{std::istreambuf_iterator<char>(file), {}};
    if (words.ends_with("picture-worker\0"sv)) _exit(picture_worker_main(0, 1));
    if (words.ends_with("picture-worker-alone\0"sv)) _exit(picture_worker_main(0, 1, no_library));
}

namespace {

PictureWorker worker(std::string word = "picture-worker") {
    auto const self = std::filesystem::read_symlink("/proc/self/exe").string();
    PictureWorker worker{{self, "--test-case=picture worker", "--no-intro", std::move(word)}};
    worker.time_max = std::chrono::seconds(60);  // sanitizers are slow to start
    return worker;
}

std::string save(vips::VImage const& image, char const* suffix, vips::VOption* options = nullptr) {
    void* data = nullptr;
    std::size_t size = 0;
    image.write_to_buffer(suffix, &data, &size, options);
    std::string bytes(static_cast<char*>(data), size);
    g_free(data);
    return bytes;
}

/// A picture that is red above and blue below.
vips::VImage two_colours(int width, int height) {
    REQUIRE(vips_init("tests") == 0);
    vips::VImage const image =
        vips::VImage::black(width, height, vips::VImage::option()->set("bands", 3));
    vips::VImage const red = image.new_from_image(std::vector<double>{250, 10, 10});
    vips::VImage const blue = image.new_from_image(std::vector<double>{10, 10, 250});
    return red.insert(blue, 0, height / 2)
        .crop(0, 0, width, height)
        .copy(vips::VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB))
        .cast(VIPS_FORMAT_UCHAR);
}

/// Big-endian TIFF: orientation 6 (turn right), a GPS directory with a latitude, a serial number.
std::string exif_with_place() {
    std::string tiff("MM\0*\0\0\0\x08"sv);
    tiff += "\0\x02"sv;                              // two entries
    tiff += "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"sv;  // Orientation
    tiff += "\x88\x25\0\x04\0\0\0\x01\0\0\0\x26"sv;  // GPS directory at 38
    tiff += "\0\0\0\0"sv;
    tiff += "\0\x02"sv;
    tiff += "\0\x01\0\x02\0\0\0\x02N\0\0\0"sv;     // GPSLatitudeRef
    tiff += "\0\x02\0\x05\0\0\0\x03\0\0\0\x44"sv;  // GPSLatitude at 68
    tiff += "\0\0\0\0"sv;
    for (char degrees : {'\x34', '\x1F', '\x0C'}) {
        tiff += "\0\0\0"sv;
        tiff += degrees;
        tiff += "\0\0\0\x01"sv;
    }
    return tiff + "SECRET-PLACE";
}

std::string segment(char marker, std::string const& content) {
    std::size_t const length = content.size() + 2;
    return std::string("\xFF") + marker + static_cast<char>(length >> 8) +
           static_cast<char>(length & 0xFF) + content;
}

std::string jpeg_with_metadata(int width, int height) {
    std::string const jpeg = save(two_colours(width, height), ".jpg");
    return jpeg.substr(0, 2) + segment('\xE1', "Exif\0\0"s + exif_with_place()) +
           segment('\xE1', "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta SECRET-PLACE/>"s) +
           segment('\xED',
                   "Photoshop 3.0\0"
                   "8BIM SECRET-PLACE"s) +
           segment('\xFE', "comment SECRET-PLACE") + jpeg.substr(2);
}

std::string refusal_word(std::string_view bytes) {
    try {
        (void)accept_picture(worker(), bytes, PictureSize::cover());
    } catch (Refusal const& refusal) {
        return refusal.fields().empty() ? refusal.word() : refusal.fields().front().word;
    }
    return "accepted";
}

vips::VImage decode(Picture const& picture) {
    return vips::VImage::new_from_buffer(picture.bytes.data(), picture.bytes.size(), "");
}

}  // namespace

TEST_CASE("a photograph comes back upright and without where it was taken") {
    std::string const photograph = jpeg_with_metadata(80, 40);
    REQUIRE(photograph.find("SECRET-PLACE") != std::string::npos);
    Picture const picture = accept_picture(worker(), photograph, PictureSize::cover());
    CHECK(picture.format == Picture::Format::jpeg);
    CHECK(picture.width == 40);
    CHECK(picture.height == 80);
    CHECK(picture.media_type() == "image/jpeg");
    CHECK(picture.extension() == ".jpg");
    for (std::string_view trace : {"SECRET-PLACE"sv, "Exif"sv, "xmp"sv, "8BIM"sv, "ICC_PROFILE"sv})
        CHECK(picture.bytes.find(trace) == std::string::npos);
    // Red was above; turned to the right it is at the right.
    std::vector<double> const right = decode(picture).getpoint(35, 40);
    CHECK(right[0] > 200);
    CHECK(right[2] < 60);
    for (char const* field : {"exif-data", "xmp-data", "iptc-data", "icc-profile-data"})
        CHECK(decode(picture).get_typeof(field) == 0);
}

TEST_CASE("pictures shrink to their size, avatars are cut to a square") {
    std::string const wide = save(two_colours(3000, 1000), ".png");
    Picture const cover = accept_picture(worker(), wide, PictureSize::cover());
    CHECK(cover.width == 1600);
    CHECK(cover.height == 533);
    Picture const avatar = accept_picture(worker(), wide, PictureSize::avatar());
    CHECK(avatar.width == 256);
    CHECK(avatar.height == 256);
    Picture const small =
        accept_picture(worker(), save(two_colours(20, 10), ".webp"), PictureSize::cover());
    CHECK(small.width == 20);
}

TEST_CASE("transparency stays, as WebP") {
    vips::VImage const image = two_colours(40, 20).bandjoin(100.0).cast(VIPS_FORMAT_UCHAR);
    for (char const* suffix : {".png", ".webp", ".webp[lossless]"}) {
        CAPTURE(suffix);
        auto const picture = accept_picture(worker(), save(image, suffix), PictureSize::cover());
        CHECK(picture.format == Picture::Format::webp);
        REQUIRE(decode(picture).has_alpha());
        CHECK(decode(picture).getpoint(20, 5)[3] == doctest::Approx(100).epsilon(0.05));
    }
    vips::VImage const opaque = two_colours(40, 20).bandjoin(255.0).cast(VIPS_FORMAT_UCHAR);
    CHECK(accept_picture(worker(), save(opaque, ".png"), PictureSize::cover()).format ==
          Picture::Format::jpeg);
}

TEST_CASE("a picture in the colours of print becomes one for screens, without its profile") {
    vips::VImage const image = two_colours(40, 80).icc_transform(
        "cmyk", vips::VImage::option()->set("input_profile", "srgb"));
    std::string const jpeg = save(image, ".jpg");
    REQUIRE(jpeg.find("ICC_PROFILE") != std::string::npos);
    Picture const picture = accept_picture(worker(), jpeg, PictureSize::cover());
    CHECK(picture.bytes.find("ICC_PROFILE") == std::string::npos);
    CHECK(decode(picture).interpretation() == VIPS_INTERPRETATION_sRGB);
    CHECK(decode(picture).bands() == 3);
    std::vector<double> const above = decode(picture).getpoint(20, 10);
    CHECK(above[0] > 180);
    CHECK(above[2] < 90);
}

TEST_CASE("only JPEG, PNG and WebP are pictures") {
    CHECK(refusal_word("") == "picture.kind");
    CHECK(refusal_word("GIF89a\x01\0\x01\0\x80\0\0"sv) == "picture.kind");
    CHECK(refusal_word("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>") ==
          "picture.kind");
    CHECK(refusal_word("%PDF-1.4") == "picture.kind");
    CHECK(refusal_word("RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\0\0\0\0\0\0"sv) ==
          "picture.kind");
    CHECK(refusal_word("\xFF\xD8\xFF\xD9") == "picture.kind");
}

TEST_CASE("a picture too large to decode is refused by its header") {
    std::string bomb("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\xEA\x60\0\0\xEA\x60\x08\x06\0\0\0"sv);
    CHECK(refusal_word(bomb + std::string(1000, '\0')) == "picture.pixels");
    CHECK(refusal_word(std::string(limits::upload_bytes_max + 1, 'x')) == "picture.too_large");
    std::string const square(
        "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x17\x70\0\0\x17\x70\x08\x06\0\0\0"sv);
    CHECK(refusal_word(square) == "picture.pixels");
}

TEST_CASE("a broken picture is refused") {
    std::string const jpeg = save(two_colours(600, 600), ".jpg");
    CHECK(refusal_word(jpeg.substr(0, jpeg.size() / 2)) == "picture.unreadable");
    std::string const png = save(two_colours(600, 600), ".png");
    CHECK(refusal_word(png.substr(0, png.size() / 2)) == "picture.unreadable");
    CHECK(refusal_word(png.substr(0, 33)) == "picture.unreadable");
    std::string const webp = save(two_colours(600, 600), ".webp");
    CHECK(refusal_word(webp.substr(0, webp.size() / 2)) == "picture.unreadable");
    // The size that the header claims is not the size that is there.
    std::string lie = png;
    lie[19] = 9;
    CHECK(refusal_word(lie) == "picture.unreadable");
}

TEST_CASE("a worker that hangs, dies or babbles is given up") {
    std::string const jpeg = save(two_colours(20, 20), ".jpg");
    auto const refused = [&](std::vector<std::string> command) {
        PictureWorker const broken{std::move(command), std::chrono::milliseconds(200)};
        CHECK_THROWS_AS((void)accept_picture(broken, jpeg, PictureSize::cover()), Refusal);
    };
    refused({"/bin/sleep", "60"});
    refused({"/bin/false"});
    refused({"/bin/cat"});
    refused({"/bin/echo", "20 20 jpeg"});
    refused({"/usr/bin/yes"});
    PictureWorker const missing{{"/nonexistent/worker"}};
    CHECK_THROWS_AS((void)accept_picture(missing, jpeg, PictureSize::cover()), std::system_error);
}

TEST_CASE("a library that is missing, or is another, is told by its name") {
    auto const why = [](char const* name) -> std::string {
        try {
            (void)VipsLibrary::load(name);
        } catch (PicturesUnavailable const& unavailable) {
            return unavailable.what();
        }
        return {};
    };
    CHECK(why(no_library).starts_with(std::string(no_library) + ": cannot open"));
    CHECK(why("libc.so.6").find("vips_init") != std::string::npos);
    CHECK(why(vips_soname).empty());
}

TEST_CASE("where no picture can be decoded, nobody's picture is called unreadable") {
    std::string const jpeg = save(two_colours(20, 20), ".jpg");
    try {
        (void)accept_picture(worker("picture-worker-alone"), jpeg, PictureSize::cover());
        FAIL("it was accepted");
    } catch (Refusal const& refusal) {
        CHECK(refusal.kind() == Refusal::Kind::nothing_saved);
        CHECK(refusal.status() == 503);
        CHECK(refusal.word() == "picture.unavailable");
        CHECK(refusal.fields().empty());
        CHECK(refusal.reason().find(no_library) != std::string::npos);
    }
}

TEST_CASE("a picture's own header tells its size") {
    for (char const* suffix : {".jpg", ".png", ".webp", ".webp[lossless]"}) {
        CAPTURE(suffix);
        auto const header = picture_header(save(two_colours(123, 77), suffix));
        REQUIRE(header);
        CHECK(header->width == 123);
        CHECK(header->height == 77);
    }
    auto const header = picture_header(jpeg_with_metadata(33, 44));
    REQUIRE(header);
    CHECK(header->width == 33);
}

TEST_CASE("what the worker answers is checked") {
    std::string const jpeg = save(two_colours(20, 10), ".jpg");
    CHECK(read_picture_answer("20 10 jpeg\n" + jpeg));
    CHECK_FALSE(read_picture_answer("20 11 jpeg\n" + jpeg));
    CHECK_FALSE(read_picture_answer("20 10 webp\n" + jpeg));
    CHECK_FALSE(read_picture_answer("20 10 jpeg\n<script>"));
    CHECK_FALSE(read_picture_answer("20 10"));
    CHECK_FALSE(read_picture_answer(""));
    auto const why = read_pictures_unavailable(write_pictures_unavailable("no\nlog \x1B[31m\xC3"s));
    REQUIRE(why);
    CHECK(*why == "no log  [31m ");
    auto const long_one = write_pictures_unavailable(std::string(10'000, 'x'));
    CHECK(read_pictures_unavailable(long_one)->size() == pictures_unavailable_bytes_max);
    CHECK_FALSE(read_pictures_unavailable("20 10 jpeg\n" + jpeg));
    CHECK_FALSE(read_picture_answer(long_one));
    CHECK_FALSE(read_picture_request("0 10 cut\nx"));
    CHECK_FALSE(read_picture_request("10 10 other\nx"));
    CHECK_FALSE(read_picture_request("10 99999999999999999999 cut\nx"));
}
