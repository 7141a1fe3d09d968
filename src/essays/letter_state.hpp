#pragma once

#include <boost/describe.hpp>

namespace kith::essays {

/// Where a letter to an author or a guide stands.
enum class LetterState { waiting_for_email, received, read, answered, closed };
BOOST_DESCRIBE_ENUM(LetterState, waiting_for_email, received, read, answered, closed)

}  // namespace kith::essays
