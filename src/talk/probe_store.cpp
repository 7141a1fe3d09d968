#include "talk/probe_store.hpp"

namespace kith::talk {
namespace {

using database::Sql;

constexpr Sql comments_sql = "select public_id from comments order by id limit 50";
constexpr Sql pictures_sql = "select public_id from comment_pictures order by id limit 50";
constexpr Sql polls_sql = "select public_id from polls order by id limit 50";
constexpr Sql discussions_sql = "select public_id from discussions order by id limit 50";

}  // namespace

std::vector<PublicId> some_comments(database::Read& read, Viewer const&) {
    return database::rows<PublicId>(read, comments_sql);
}

std::vector<PublicId> some_pictures(database::Read& read, Viewer const&) {
    return database::rows<PublicId>(read, pictures_sql);
}

std::vector<PublicId> some_polls(database::Read& read, Viewer const&) {
    return database::rows<PublicId>(read, polls_sql);
}

std::vector<PublicId> some_discussions(database::Read& read, Viewer const&) {
    return database::rows<PublicId>(read, discussions_sql);
}

}  // namespace kith::talk
