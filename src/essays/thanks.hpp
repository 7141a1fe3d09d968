#pragma once

#include <vector>

#include "web/call.hpp"
#include "web/outcome.hpp"
#include "web/today.hpp"

namespace kith::essays {

/// Sends an essay on with a note. The answer is the same whether anyone could receive it.
[[nodiscard]] web::Outcome act_thanks(web::Call& call);
[[nodiscard]] web::Answer show_thanks(web::Call& call);
[[nodiscard]] web::Answer show_thanks_list(web::Call& call);
[[nodiscard]] web::Outcome act_received(web::Call& call);
[[nodiscard]] web::Outcome act_put_away(web::Call& call);

/// The notes that wait for the viewer, and those of theirs that were received.
void add_thanks_cards(web::Call& call, std::vector<web::TodayCard>& cards);

}  // namespace kith::essays
