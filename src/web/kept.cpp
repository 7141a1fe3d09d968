#include "web/kept.hpp"

namespace kith::web {

std::optional<HttpResponse> KeptAnswers::find(std::string const& key, std::uint64_t version,
                                              Time now) {
    std::lock_guard const lock(mutex_);
    if (version != version_) return std::nullopt;
    auto const found = answers_.find(key);
    if (found == answers_.end() || now - found->second.made_at > age_max) return std::nullopt;
    return found->second.answer;
}

void KeptAnswers::keep(std::string key, std::uint64_t version, Time now,
                       HttpResponse const& answer) {
    if (!answer.body) return;
    std::lock_guard const lock(mutex_);
    if (version < version_) return;
    if (version > version_ || bytes_ + answer.body->size() > bytes_max) {
        answers_.clear();
        bytes_ = 0;
        version_ = version;
    }
    bytes_ += answer.body->size();
    answers_.insert_or_assign(std::move(key), Kept{answer, now});
}

}  // namespace kith::web
