#pragma once

#include <string>
#include <string_view>

#include "web/site.hpp"

namespace kith::search {

/// Makes the index anew in the background. The job with an empty payload empties the index; each
/// further one puts a few things in it and queues the next in the same deed, so that a server
/// that is stopped goes on where it was.
inline constexpr std::string_view reindex_job = "search.reindex";
void run_reindex_job(web::Site& site, std::string const& payload);

}  // namespace kith::search
