#pragma once

#include <boost/describe.hpp>

namespace kith::circles {

/// What became of someone's wish to come in. Of waiting and not now the asker sees the same.
enum class RequestState { waiting, not_now, withdrawn };
BOOST_DESCRIBE_ENUM(RequestState, waiting, not_now, withdrawn)

}  // namespace kith::circles
