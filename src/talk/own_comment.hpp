#pragma once

#include <optional>
#include <string>

#include "web/call.hpp"

namespace kith::talk {

/// What the form of an edit takes.
struct EditForm {
    std::optional<std::string> body;  ///< absent: the words stay as they are
    std::string content_note;
};
BOOST_DESCRIBE_STRUCT(EditForm, (), (body, content_note))

/// The page on which an author changes their comment or takes it back. Its words may be changed as
/// long as the host allows; a content note may always be added.
struct EditPage {
    static constexpr std::string_view page = "talk/edit";
    std::string edit_url;
    std::string delete_url;
    std::string back_url;
    std::optional<web::Field> body;  ///< while the words may be changed
    web::Html words;                 ///< as they stay, after that
    web::Field content_note;
};
BOOST_DESCRIBE_STRUCT(EditPage, (), (edit_url, delete_url, back_url, body, words, content_note))

/// GET /comments/{id}: the comment, or the page that holds it.
[[nodiscard]] web::Answer show_comment(web::Call& call);
/// GET and POST /comments/{id}/edit
[[nodiscard]] web::Answer show_edit(web::Call& call);
[[nodiscard]] web::Outcome act_edit(web::Call& call);
/// POST /comments/{id}/delete
[[nodiscard]] web::Outcome act_delete(web::Call& call);

inline constexpr std::string_view edit_pattern = "/comments/{id}/edit";

}  // namespace kith::talk
