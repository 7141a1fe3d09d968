#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/spdlog.h>

#include "members/profiles_store.hpp"
#include "members_site.hpp"
#include "pictures.hpp"

using namespace kith;
using namespace kith::members;
using namespace kith::tests;

TEST_CASE("where no picture can be decoded a person reads that, and the log says why") {
    MembersSite site;
    use_worker_without_library(site.test());
    auto const logged = std::make_shared<spdlog::sinks::ringbuffer_sink_mt>(100);
    site.site().log = std::make_shared<spdlog::logger>("test", logged);
    auto const maya = site.add("Maya");
    auto self = site.sign_in("Maya");
    auto const page = upload(self, "/settings/profile/picture", {}, one_pixel());
    CHECK(page.status == 503);
    CHECK(page.header("retry-after") == "5");
    CHECK(page.has("Pictures can’t be taken in just now."));
    CHECK_FALSE(page.has("damaged"));
    CHECK_FALSE(page.has("libvips"));
    self.headers["accept"] = "application/json";
    auto const json = upload(self, "/settings/profile/picture", {}, one_pixel());
    CHECK(json.status == 503);
    CHECK(json.json().at("error").at("code") == "picture.unavailable");
    CHECK(json.body.find("libvips") == std::string::npos);
    auto const lines = logged->last_formatted();
    auto const says_why = [](std::string const& line) {
        return line.find("refused route=/settings/profile/picture why=libvips.so.42 is missing") !=
               std::string::npos;
    };
    CHECK(std::count_if(lines.begin(), lines.end(), says_why) == 2);
    auto const kept = site.write([&](database::Write& write) {
        return member_by_id(write, Viewer::server(), maya)->avatar;
    });
    CHECK_FALSE(kept);
}
