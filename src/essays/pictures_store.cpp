#include "essays/pictures_store.hpp"

namespace kith::essays {

using database::bind;
using database::Sql;

constexpr Sql of_essay = R"(
    select p.id, p.public_id, p.file, p.type, p.width, p.height, p.alt,
           case when e.picture = p.id then 1 else 0 end
    from essay_pictures p
    join essays e on e.id = p.essay
    where p.essay = :essay and (e.author = :viewer or :viewer = -1)
    order by p.id)";

std::vector<PictureRow> list_pictures(database::Read& read, Viewer const& viewer, Id<Essay> essay) {
    return database::rows<PictureRow>(read, of_essay, bind("essay", essay),
                                      bind("viewer", viewer.member));
}

// Who may read its essay may see a picture: the same words as in essays_store.
constexpr Sql by_public_id = R"(
    select p.id, p.public_id, p.file, p.type, p.width, p.height, p.alt,
           case when e.picture = p.id then 1 else 0 end
    from essay_pictures p
    join essays e on e.id = p.essay
    join members m on m.id = e.author
    where p.public_id = :id
      and (:viewer = -1 or e.author = :viewer
           or (e.state = 'published' and m.state not in ('erasing', 'erased')
               and (e.audience = 'anyone' or :viewer > 0)
               and not exists (select 1 from separations s
                               where s.viewer = :viewer and s.other = e.author))))";

std::optional<PictureRow> find_picture(database::Read& read, Viewer const& viewer,
                                       PublicId const& id) {
    return database::maybe<PictureRow>(read, by_public_id, bind("id", id),
                                       bind("viewer", viewer.member));
}

constexpr Sql above_essay = R"(
    select p.id, p.public_id, p.file, p.type, p.width, p.height, p.alt, 1
    from essays e
    join essay_pictures p on p.id = e.picture
    join members m on m.id = e.author
    where e.id = :essay
      and (:viewer = -1 or e.author = :viewer
           or (e.state = 'published' and m.state not in ('erasing', 'erased')
               and (e.audience = 'anyone' or :viewer > 0)
               and not exists (select 1 from separations s
                               where s.viewer = :viewer and s.other = e.author))))";

std::optional<PictureRow> find_picture_above(database::Read& read, Viewer const& viewer,
                                             Id<Essay> essay) {
    return database::maybe<PictureRow>(read, above_essay, bind("essay", essay),
                                       bind("viewer", viewer.member));
}

constexpr Sql count = R"(
    select count(*) from essay_pictures p
    join essays e on e.id = p.essay
    where p.essay = :essay and (e.author = :viewer or :viewer = -1))";

std::size_t count_pictures(database::Read& read, Viewer const& viewer, Id<Essay> essay) {
    return database::scalar<std::size_t>(read, count, bind("essay", essay),
                                         bind("viewer", viewer.member));
}

constexpr Sql insert = R"(
    insert into essay_pictures (public_id, essay, file, type, width, height, alt, added_at)
    values (:public_id, :essay, :file, :type, :width, :height, :alt, :at)
    returning id)";

Id<Picture> insert_picture(database::Write& write, Id<Essay> essay, PictureRow const& picture,
                           Time at) {
    return database::scalar<Id<Picture>>(
        write, insert, bind("public_id", picture.public_id), bind("essay", essay),
        bind("file", picture.file), bind("type", picture.type), bind("width", picture.width),
        bind("height", picture.height), bind("alt", picture.alt), bind("at", at));
}

constexpr Sql put_above = "update essays set picture = :picture where id = :essay";

void set_picture_above(database::Write& write, Id<Essay> essay, std::optional<Id<Picture>> id) {
    database::execute(write, put_above, bind("picture", id), bind("essay", essay));
}

constexpr Sql take_from_above =
    "update essays set picture = null where id = :essay and picture = :picture";
constexpr Sql remove = "delete from essay_pictures where id = :picture and essay = :essay";

void delete_picture(database::Write& write, Id<Essay> essay, Id<Picture> id) {
    database::execute(write, take_from_above, bind("essay", essay), bind("picture", id));
    database::execute(write, remove, bind("picture", id), bind("essay", essay));
}

}  // namespace kith::essays
