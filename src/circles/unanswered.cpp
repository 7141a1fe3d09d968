#include "circles/unanswered.hpp"

#include "circles/circle.hpp"
#include "circles/unanswered_store.hpp"
#include "web/call.hpp"

namespace kith::circles {
namespace {

std::vector<web::WaitingWords> waiting(web::Call& call) {
    std::vector<web::WaitingWords> words;
    for (auto& row : unanswered_in_kept(call.read(), call.viewer()))
        words.push_back({std::move(row.title), conversation_url(row.public_id),
                         std::move(row.begun_by), std::move(row.circle_name), row.begun_at});
    return words;
}

std::optional<web::FirstWords> first_words(database::Read& read, PublicId const& discussion) {
    auto row = beginning_of(read, Viewer::server(), discussion);
    if (!row) return std::nullopt;
    return web::FirstWords{std::move(row->title), std::move(row->content_note),
                           std::move(row->html), conversation_url(row->public_id)};
}

}  // namespace

std::vector<web::Unanswered> unanswered() { return {{waiting_kind, waiting, first_words}}; }

}  // namespace kith::circles
