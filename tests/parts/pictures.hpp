#pragma once
// Pictures for route tests: as much of one as is looked at before the worker gets it, and a worker
// that has the same answer to every picture. Decoding is tried in web/.

#include "test_site.hpp"
#include "web/picture_message.hpp"

namespace kith::tests {

/// The head of a PNG of one pixel.
inline std::string one_pixel() {
    using namespace std::string_literals;
    return "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xDE"s;
}

/// The head of a JPEG of 4 by 3 pixels.
inline std::string ready_picture() {
    using namespace std::string_literals;
    return "\xFF\xD8\xFF\xC0\0\x0B\x08\0\3\0\4\1\1\x11\0"s;
}

/// From now on every picture that the site is given becomes ready_picture().
inline void use_ready_worker(TestSite& site) {
    web::Picture const picture{4, 3, web::Picture::Format::jpeg, ready_picture()};
    std::ofstream(site.directory.path / "answer") << web::write_picture_answer(picture);
    auto const script = site.directory.path / "worker";
    std::ofstream(script) << "#!/bin/sh\n/bin/cat > /dev/null\n/bin/cat " +
                                 (site.directory.path / "answer").string() + "\n";
    std::filesystem::permissions(script, std::filesystem::perms::owner_all);
    site.site().settings.picture_worker = script.string();
}

/// Sends `bytes` as the file `picture` of a form with `fields`.
inline Reply upload(Browser& browser, std::string const& path, FormFields const& fields,
                    std::string const& bytes) {
    std::string const part = "--b\r\ncontent-disposition: form-data; name=";
    std::string body;
    for (auto const& [name, value] : fields)
        body.append(part).append("\"" + name + "\"\r\n\r\n" + value + "\r\n");
    body += part + "\"picture\"; filename=\"me.png\"\r\n\r\n" + bytes + "\r\n--b--\r\n";
    return browser.send(http::verb::post, path, body, "multipart/form-data; boundary=b");
}

}  // namespace kith::tests
