#pragma once

#include "web/call.hpp"

namespace kith::talk {

/// What the form of an edit takes.
struct EditForm {
    std::string body;
    std::string content_note;
};
BOOST_DESCRIBE_STRUCT(EditForm, (), (body, content_note))

/// The page on which an author changes their comment or takes it back.
struct EditPage {
    static constexpr std::string_view page = "talk/edit";
    std::string edit_url;
    std::string delete_url;
    std::string back_url;
    web::Field body;
    web::Field content_note;
};
BOOST_DESCRIBE_STRUCT(EditPage, (), (edit_url, delete_url, back_url, body, content_note))

/// GET /comments/{id}: the comment, or the page that holds it.
[[nodiscard]] web::Answer show_comment(web::Call& call);
/// GET and POST /comments/{id}/edit
[[nodiscard]] web::Answer show_edit(web::Call& call);
[[nodiscard]] web::Outcome act_edit(web::Call& call);
/// POST /comments/{id}/delete
[[nodiscard]] web::Outcome act_delete(web::Call& call);

inline constexpr std::string_view edit_pattern = "/comments/{id}/edit";

}  // namespace kith::talk
