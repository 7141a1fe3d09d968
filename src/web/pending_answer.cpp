#include "web/pending_answer.hpp"

#include "web/connection.hpp"

namespace kith::web {

PendingAnswer::PendingAnswer(std::shared_ptr<LoopGate> gate, std::weak_ptr<Connection> connection)
    : gate_(std::move(gate)), connection_(std::move(connection)) {}

PendingAnswer::~PendingAnswer() {
    if (!is_given_) give(plain_response(500));
}

void PendingAnswer::give(HttpResponse response) {
    if (is_given_.exchange(true)) return;
    // An answer given while it is asked for needs no detour.
    if (gate_->is_here()) {
        auto const connection = connection_.lock();
        if (connection && connection->is_asking()) {
            connection->deliver(std::move(response));
            return;
        }
    }
    gate_->post([connection = connection_, response = std::move(response)]() mutable {
        if (auto const there = connection.lock()) there->deliver(std::move(response));
    });
}

}  // namespace kith::web
