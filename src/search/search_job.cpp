#include "search/search_job.hpp"

#include <algorithm>
#include <charconv>

#include "base/limits.hpp"
#include "database/jobs.hpp"
#include "web/search.hpp"

namespace kith::search {
namespace {

using web::SearchKind;
using Kinds = std::vector<SearchKind>;

void queue(web::Site& site, database::Write& write, std::string_view kind, std::int64_t after) {
    database::enqueue(write, std::string(reindex_job),
                      std::string(kind) + " " + std::to_string(after), site.now());
}

void queue_kind(web::Site& site, database::Write& write, Kinds::const_iterator kind) {
    if (kind != site.search.end()) queue(site, write, kind->name, 0);
}

std::int64_t number_at_end(std::string_view payload) {
    std::int64_t number = 0;
    auto const digits = payload.substr(payload.find(' ') + 1);
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

}  // namespace

void run_reindex_job(web::Site& site, std::string const& payload) {
    Kinds const& kinds = site.search;
    auto const name = payload.substr(0, payload.find(' '));
    auto const kind = std::find_if(kinds.begin(), kinds.end(),
                                   [&](SearchKind const& each) { return each.name == name; });
    site.database.write_now([&](database::Write& write) {
        if (payload.empty()) {
            database::empty_search(write);
            queue_kind(site, write, kinds.begin());
        } else if (kind != kinds.end()) {
            auto const last = kind->reindex(write, number_at_end(payload), limits::search_batch);
            last != 0 ? queue(site, write, name, last) : queue_kind(site, write, kind + 1);
        }
    });
}

}  // namespace kith::search
