#include "circles/probe_store.hpp"

namespace kith::circles {

using database::Sql;

constexpr Sql circles = "select public_id from circles order by id";
constexpr Sql conversations = "select public_id from conversations order by id";

std::vector<std::string> all_circle_ids(database::Read& read) {
    return database::rows<std::string>(read, circles);
}

std::vector<std::string> all_conversation_ids(database::Read& read) {
    return database::rows<std::string>(read, conversations);
}

}  // namespace kith::circles
