#include "pictures.hpp"

#include <fstream>

#include "web/picture_message.hpp"

namespace kith::tests {

std::string one_pixel() {
    using namespace std::string_literals;
    return "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xDE"s;
}

std::string ready_picture() {
    using namespace std::string_literals;
    return "\xFF\xD8\xFF\xC0\0\x0B\x08\0\3\0\4\1\1\x11\0"s;
}

namespace {

/// From now on the site's worker has this one answer.
void use_worker_that_says(TestSite& site, std::string const& answer) {
    std::ofstream(site.directory.path / "answer") << answer;
    auto const script = site.directory.path / "worker";
    std::ofstream(script) << "#!/bin/sh\n/bin/cat > /dev/null\n/bin/cat " +
                                 (site.directory.path / "answer").string() + "\n";
    std::filesystem::permissions(script, std::filesystem::perms::owner_all);
    site.site().settings.picture_worker = script.string();
}

}  // namespace

void use_ready_worker(TestSite& site) {
    web::Picture const picture{4, 3, web::Picture::Format::jpeg, ready_picture()};
    use_worker_that_says(site, web::write_picture_answer(picture));
}

void use_worker_without_library(TestSite& site) {
    use_worker_that_says(site, web::write_pictures_unavailable("libvips.so.42 is missing"));
}

Reply upload_files(Browser& browser, std::string const& path, FormFields const& fields,
                   FormFields const& files) {
    std::string const part = "--b\r\ncontent-disposition: form-data; name=";
    std::string body;
    for (auto const& [name, value] : fields)
        body.append(part).append("\"" + name + "\"\r\n\r\n" + value + "\r\n");
    for (auto const& [name, bytes] : files)
        body.append(part).append("\"" + name + "\"; filename=\"me.png\"\r\n\r\n" + bytes + "\r\n");
    body += "--b--\r\n";
    return browser.send(http::verb::post, path, body, "multipart/form-data; boundary=b");
}

Reply upload(Browser& browser, std::string const& path, FormFields const& fields,
             std::string const& bytes) {
    return upload_files(browser, path, fields, {{"picture", bytes}});
}

}  // namespace kith::tests
