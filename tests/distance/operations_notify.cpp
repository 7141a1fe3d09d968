#include "operations.hpp"

namespace kith::apart {
namespace {

void all_seen(Turn& turn) {
    auto const who = turn.side == Side::hidden ? Who::hal : turn.someone();
    turn.world.post(who, "/notices/seen");
}

void quiet_hours(Turn& turn) {
    bool const quiet = turn.pick(2) == 0;
    turn.world.post(Who::lea, "/settings/notices",
                    {{"mail", "1"},
                     {"wording", turn.pick(2) == 0 ? "full" : "neutral"},
                     {"digest_at", "08:00"},
                     {"quiet_from", quiet ? "22:00" : "00:00"},
                     {"quiet_until", quiet ? "06:00" : "00:00"}});
}

std::vector<std::string> paths(World const&) {
    return {"/notices", "/notices?before=x", "/notices?before=" + std::string(22, 'A')};
}

}  // namespace

RoomOperations notify_operations() {
    return {"notify",
            {{"see all notices", all_seen}, {"choose quiet hours", quiet_hours, false, true}},
            paths};
}

}  // namespace kith::apart
