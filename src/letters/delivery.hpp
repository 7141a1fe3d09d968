#pragma once

#include <string>

#include "letters/letters_store.hpp"
#include "web/site.hpp"

namespace kith::letters {

inline constexpr std::string_view deliver_job = "letters.deliver";
inline constexpr std::string_view letter_came = "letters.came";

/// Delivers a letter in its deed if its time has come, or queues that for then.
void deliver_in_time(web::Site& site, database::Write& write, WaitingLetter const& letter,
                     Time now);

/// The job: delivers the letter of this public id, if it still waits.
void deliver_queued(web::Site& site, std::string const& letter);

/// Where streams of a conversation listen.
[[nodiscard]] std::string topic_of(PublicId const& conversation);

}  // namespace kith::letters
