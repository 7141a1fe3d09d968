#pragma once

#include <atomic>
#include <memory>

#include "web/http.hpp"
#include "web/loop_gate.hpp"

namespace kith::web {

class Connection;

/// What stands behind every copy of one Reply: takes the first answer to its connection, from
/// whatever thread, if that still is there. Unanswered to the end, it answers 500 itself.
class PendingAnswer {
public:
    PendingAnswer(std::shared_ptr<LoopGate> gate, std::weak_ptr<Connection> connection);
    ~PendingAnswer();
    PendingAnswer(PendingAnswer const&) = delete;
    PendingAnswer& operator=(PendingAnswer const&) = delete;

    void give(HttpResponse response);

private:
    std::shared_ptr<LoopGate> gate_;
    std::weak_ptr<Connection> connection_;
    std::atomic<bool> is_given_ = false;
};

}  // namespace kith::web
