#pragma once

#include <string>

#include "letters/letters_store.hpp"
#include "web/site.hpp"

namespace kith::letters {

inline constexpr std::string_view deliver_job = "letters.deliver";
inline constexpr std::string_view letter_came = "letters.came";

/// Queues a letter for its time. Never at once: who sends it could tell the receiver's pace, and
/// what they hear, by how long that takes.
void queue_delivery(database::Write& write, PublicId const& letter, Time at);

/// The job: delivers the letter of this public id, if it still waits and may come now.
void deliver_queued(web::Site& site, std::string const& letter);

/// What `reader` is told of letters in a conversation stands under this, until they were read.
[[nodiscard]] std::string about_letters(PublicId const& conversation, Id<Member> reader);

/// Where streams of a conversation listen.
[[nodiscard]] std::string topic_of(PublicId const& conversation);

}  // namespace kith::letters
