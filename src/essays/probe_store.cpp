#include "essays/probe_store.hpp"

namespace kith::essays {

using database::Sql;

constexpr Sql slugs = "select slug from essay_slugs order by essay, slug";
constexpr Sql pictures = "select public_id from essay_pictures order by id";
constexpr Sql thanks = "select public_id from thanks order by id";
constexpr Sql reach_outs = "select public_id from reach_outs order by id";
constexpr Sql members = "select public_id from members order by id";

std::vector<std::string> all_slugs(database::Read& read) {
    return database::rows<std::string>(read, slugs);
}

std::vector<std::string> all_picture_ids(database::Read& read) {
    return database::rows<std::string>(read, pictures);
}

std::vector<std::string> all_thanks_ids(database::Read& read) {
    return database::rows<std::string>(read, thanks);
}

std::vector<std::string> all_reach_out_ids(database::Read& read) {
    return database::rows<std::string>(read, reach_outs);
}

std::vector<std::string> all_member_ids(database::Read& read) {
    return database::rows<std::string>(read, members);
}

}  // namespace kith::essays
