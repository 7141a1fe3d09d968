#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "talk/comment_store.hpp"
#include "talk/pictures_store.hpp"
#include "web/call.hpp"
#include "web/new_file.hpp"

namespace kith::talk {

inline constexpr std::string_view picture_pattern = "/comments/pictures/{id}";

/// A picture as it came with a form: views the request's body.
struct SentPicture {
    std::size_t number = 0;
    std::string_view bytes;
    std::string alt;
};
/// Notes what is wrong with the pictures of a form, as far as can be told without decoding them;
/// throws where one is too large.
void check_pictures(web::Call const& call, web::Mistakes& mistakes);
/// The pictures that check_pictures found nothing wrong with; counts them for the member's hour.
[[nodiscard]] std::vector<SentPicture> sent_pictures(web::Call& call);

/// A picture that waits for the deed to keep it.
struct ReadyPicture {
    PictureRow row;
    web::NewFile file;
};
/// Decodes a picture and encodes it anew, without metadata. Slow. Refuses beside its own field.
[[nodiscard]] ReadyPicture made_ready(web::Site& site, SentPicture const& sent);
void keep_pictures(database::Write& write, Id<Comment> comment,
                   std::vector<ReadyPicture> const& pictures, Time at);

[[nodiscard]] CommentPicture picture_view(PictureRow const& row);
/// Gives the rows their pictures.
void add_pictures(database::Read& read, Viewer const& viewer, std::vector<CommentRow>& rows);
[[nodiscard]] CommentRow with_pictures(database::Read& read, Viewer const& viewer, CommentRow row);
/// Gives a member's form its places for pictures.
void add_picture_fields(web::Call const& call, std::string_view post_pattern, Composer& composer);

/// GET /comments/pictures/{id}: for who may see its comment.
[[nodiscard]] web::Answer show_picture(web::Call& call);
/// Removes a file whose picture is gone: remove_picture_job.
void remove_picture(web::Site& site, std::string const& file);

}  // namespace kith::talk
