#pragma once
// Pictures for route tests: as much of one as is looked at before the worker gets it, and a worker
// that has the same answer to every picture. Decoding is tried in web/.

#include "test_site.hpp"

namespace kith::tests {

/// The head of a PNG of one pixel.
[[nodiscard]] std::string one_pixel();

/// The head of a JPEG of 4 by 3 pixels.
[[nodiscard]] std::string ready_picture();

/// From now on every picture that the site is given becomes ready_picture().
void use_ready_worker(TestSite& site);

/// From now on no picture can be decoded, since "libvips.so.42 is missing".
void use_worker_without_library(TestSite& site);

/// Sends files, each with the name of its field, along with `fields`.
Reply upload_files(Browser& browser, std::string const& path, FormFields const& fields,
                   FormFields const& files);
/// Sends `bytes` as the file `picture` of a form with `fields`.
Reply upload(Browser& browser, std::string const& path, FormFields const& fields,
             std::string const& bytes);

}  // namespace kith::tests
