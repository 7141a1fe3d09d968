#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/session.hpp"
#include "essays/essay.hpp"

namespace kith::essays {

/// A picture of an essay; `file` is its name in the file store.
struct PictureRow {
    Id<Picture> id;
    PublicId public_id;
    std::string file;
    std::string type;
    std::int64_t width = 0;
    std::int64_t height = 0;
    std::string alt;
    bool above = false;
};
BOOST_DESCRIBE_STRUCT(PictureRow, (), (id, public_id, file, type, width, height, alt, above))

/// The pictures of the viewer's own essay, oldest first.
[[nodiscard]] std::vector<PictureRow> list_pictures(database::Read& read, Viewer const& viewer,
                                                    Id<Essay> essay);
/// The picture, if the viewer may read its essay.
[[nodiscard]] std::optional<PictureRow> find_picture(database::Read& read, Viewer const& viewer,
                                                     PublicId const& id);
/// The picture above the essay.
[[nodiscard]] std::optional<PictureRow> find_picture_above(database::Read& read,
                                                           Viewer const& viewer, Id<Essay> essay);
[[nodiscard]] std::size_t count_pictures(database::Read& read, Viewer const& viewer,
                                         Id<Essay> essay);

Id<Picture> insert_picture(database::Write& write, Id<Essay> essay, PictureRow const& picture,
                           Time at);
/// Puts the picture above its essay; none takes it away from there.
void set_picture_above(database::Write& write, Id<Essay> essay, std::optional<Id<Picture>> id);
void delete_picture(database::Write& write, Id<Essay> essay, Id<Picture> id);

}  // namespace kith::essays
