#include "talk/pictures_store.hpp"

#include "base/id_list.hpp"
#include "database/jobs.hpp"
#include "talk/comment_store.hpp"
#include "talk/discussion_store.hpp"
#include "talk/review_store.hpp"

namespace kith::talk {
namespace {

using database::bind;
using database::execute;
using database::maybe;
using database::rows;
using database::Sql;

// Asked for only of comments that the viewer may see: distance is kept where those are read.
// For `in (select …)` SQLite makes a table each time; so joined it looks each comment up.
constexpr Sql of_comments{{.sqlite = R"sql(
    select p.comment, c.public_id, p.public_id, p.file, p.type, p.width, p.height, p.alt
    from json_each(:comments) x cross join comment_pictures p on p.comment = x.value
    cross join comments c on c.id = p.comment
    order by p.comment, p.id
)sql",
                           .postgres = R"sql(
    select p.comment, c.public_id, p.public_id, p.file, p.type, p.width, p.height, p.alt
    from comment_pictures p join comments c on c.id = p.comment
    where p.comment in (select cast(x.value as bigint)
                        from json_array_elements_text(cast(:comments as json)) x)
    order by p.comment, p.id
)sql"}};

constexpr Sql by_id = R"(
    select p.comment, c.public_id, p.public_id, p.file, p.type, p.width, p.height, p.alt
    from comment_pictures p join comments c on c.id = p.comment
    where p.public_id = :picture)";

constexpr Sql add_picture = R"(
    insert into comment_pictures (public_id, comment, file, type, width, height, alt, added_at)
    values (:public_id, :comment, :file, :type, :width, :height, :alt, :at))";

constexpr Sql drop_in = "delete from comment_pictures where comment = :of returning file";
constexpr Sql drop_by = R"(
    delete from comment_pictures
    where comment in (select c.id from comments c where c.author = :of) returning file)";
constexpr Sql drop_of_group = R"(
    delete from comment_pictures where comment in (
        select c.id from comments c join discussions d on d.id = c.discussion
        where d.talk_group = :of) returning file)";

template <class Thing>
void drop(database::Write& write, Sql const& sql, Id<Thing> of) {
    for (auto const& file : rows<std::string>(write, sql, bind("of", of)))
        database::enqueue(write, std::string(remove_picture_job), file, Time{});
}

}  // namespace

std::vector<PictureRow> pictures_of(database::Read& read, Viewer const&,
                                    std::vector<Id<Comment>> const& comments) {
    return rows<PictureRow>(read, of_comments, bind("comments", id_list(comments)));
}

std::optional<PictureRow> find_picture(database::Read& read, Viewer const& viewer,
                                       PublicId const& picture) {
    // The same statements whether it is there or not.
    auto row = maybe<PictureRow>(read, by_id, bind("picture", picture));
    auto const comment = find_comment(read, viewer, row ? row->comment : Id<Comment>{});
    auto const discussion =
        find_discussion(read, viewer, comment ? comment->discussion : Id<Discussion>{});
    bool const seen = comment && discussion;
    bool const reviewed =
        viewer.at_least(Role::steward) &&
        held_comment(read, viewer, row ? row->comment_id : PublicId()).has_value();
    if (!seen && !reviewed) row.reset();
    return row;
}

void insert_picture(database::Write& write, PictureRow const& picture, Time at) {
    execute(write, add_picture, bind("public_id", picture.public_id),
            bind("comment", picture.comment), bind("file", picture.file),
            bind("type", picture.type), bind("width", picture.width),
            bind("height", picture.height), bind("alt", picture.alt), bind("at", at));
}

void drop_pictures_in(database::Write& write, Id<Comment> comment) {
    drop(write, drop_in, comment);
}

void drop_pictures_by(database::Write& write, Id<Member> author) { drop(write, drop_by, author); }

void drop_pictures_of_group(database::Write& write, Id<Group> group) {
    drop(write, drop_of_group, group);
}

}  // namespace kith::talk
