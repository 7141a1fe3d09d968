#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/session.hpp"
#include "talk/talk.hpp"

namespace kith::talk {

/// A picture of a comment; `file` is its name in the file store.
struct PictureRow {
    Id<Comment> comment;
    PublicId comment_id;
    PublicId public_id;
    std::string file;
    std::string type;
    std::int64_t width = 0;
    std::int64_t height = 0;
    std::string alt;
};
BOOST_DESCRIBE_STRUCT(PictureRow, (),
                      (comment, comment_id, public_id, file, type, width, height, alt))

/// The pictures of comments that the viewer was given by the reads of comment_store, in their
/// order.
[[nodiscard]] std::vector<PictureRow> pictures_of(database::Read& read, Viewer const& viewer,
                                                  std::vector<Id<Comment>> const& comments);
/// The picture if the viewer may see its comment, or is to review it.
[[nodiscard]] std::optional<PictureRow> find_picture(database::Read& read, Viewer const& viewer,
                                                     PublicId const& picture);

void insert_picture(database::Write& write, PictureRow const& picture, Time at);

/// Removes the pictures of a comment, of all that a member wrote, of all in a group; their files go
/// once the deed is kept.
void drop_pictures_in(database::Write& write, Id<Comment> comment);
void drop_pictures_by(database::Write& write, Id<Member> author);
void drop_pictures_of_group(database::Write& write, Id<Group> group);

/// The job that removes one file.
inline constexpr std::string_view remove_picture_job = "talk.remove_picture";

}  // namespace kith::talk
