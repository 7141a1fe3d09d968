#pragma once

#include <optional>
#include <string>

#include "talk/comment_store.hpp"
#include "talk/discussion_store.hpp"
#include "talk/talk.hpp"

namespace kith::talk {

/// A form's words, checked and rendered.
struct CheckedWords {
    std::string markdown;
    std::string html;
    std::optional<std::string> content_note;
    std::string found_words;  ///< as search knows them
};

/// Notes what is wrong with the words of a form.
void check_words(web::Mistakes& mistakes, std::string_view body, std::string_view content_note);
/// Renders what check_words found nothing wrong with.
[[nodiscard]] CheckedWords render_words(std::string_view body, std::string_view content_note);

/// What a reply answers: always the comment at the top of its thread.
struct Above {
    Id<Comment> comment;
    PublicId public_id;
    std::optional<Id<Member>> author;
    std::optional<Id<Member>> answered;  ///< the author of the very comment that is answered
};

/// Refuses with a mistake when the comment can't be answered: hidden and missing are the same.
[[nodiscard]] std::optional<Above> thread_above(database::Read& read, Viewer const& viewer,
                                                Id<Discussion> discussion,
                                                std::optional<PublicId> const& parent);

/// Takes a guest's comment: it waits for the link that is mailed to them.
[[nodiscard]] web::Answer post_as_guest(web::Call& call, database::Write& write,
                                        Id<Discussion> discussion, CommentForm const& form,
                                        CheckedWords const& words);

}  // namespace kith::talk
