#pragma once

#include <optional>
#include <string>
#include <vector>

#include "essays/essay_diff.hpp"
#include "essays/essay_views.hpp"
#include "web/call.hpp"

namespace kith::essays {

inline constexpr std::string_view new_pattern = "/essays/new";
inline constexpr std::string_view edit_pattern = "/essays/{slug}/edit";
inline constexpr std::string_view import_pattern = "/essays/import";
inline constexpr std::string_view add_picture_pattern = "/essays/{slug}/picture";

/// Words that were kept while they were written, but not saved.
struct UnsavedWords {
    Time kept_at{};
    std::string drop_url;
};
BOOST_DESCRIBE_STRUCT(UnsavedWords, (), (kept_at, drop_url))

/// A picture as the editor lists it.
struct EditorPicture {
    PublicId id;
    std::string url;
    std::string alt;
    std::string markdown;  ///< the line that puts it into the text
    bool above = false;    ///< it is the one above the essay
    std::string drop_url;
};
BOOST_DESCRIBE_STRUCT(EditorPicture, (), (id, url, alt, markdown, above, drop_url))

/// The pictures of an essay that is there already.
struct EditorPictures {
    std::string add_url;
    web::Field picture;
    web::Field alt;
    bool any = false;
    std::vector<EditorPicture> items;
};
BOOST_DESCRIBE_STRUCT(EditorPictures, (), (add_url, picture, alt, any, items))

/// Where an essay can be brought in from a file or another page.
struct ImportBox {
    std::string import_url;
    web::Field file;
    web::Field text;
};
BOOST_DESCRIBE_STRUCT(ImportBox, (), (import_url, file, text))

/// Where an essay is written.
struct EditorPage {
    static constexpr std::string_view page = "essays/editor";
    std::string heading;
    std::string post_url;
    std::string autosave_url;
    std::string preview_url;
    std::int64_t version = 0;
    std::string idempotency_key;          ///< of a new essay
    std::optional<std::string> essay_id;  ///< of one that is there
    web::Field title;
    web::Field summary;
    web::Field content_note;
    web::Field body;
    EssayAudience audience = EssayAudience::anyone;
    bool comments_closed = false;
    bool new_address = false;
    EssayState state = EssayState::draft;
    bool first_draft = true;  ///< never published: the address follows
    std::optional<std::string> essay_url;
    std::optional<std::string> history_url;
    std::optional<UnsavedWords> unsaved;
    bool changed_meanwhile = false;
    std::vector<DiffPart> changes;  ///< what another tab or device saved
    std::optional<EditorPictures> pictures;
    std::optional<ImportBox> import_box;
    std::string seen_by;
};
BOOST_DESCRIBE_STRUCT(EditorPage, (),
                      (heading, post_url, autosave_url, preview_url, version, idempotency_key,
                       essay_id, title, summary, content_note, body, audience, comments_closed,
                       new_address, state, first_draft, essay_url, history_url, unsaved,
                       changed_meanwhile, changes, pictures, import_box, seen_by))

/// The editor's fields on their way through a preview and back; nothing of them is saved.
struct CarriedEssay : EssayForm {
    std::string essay;  ///< its id; empty for a new one
};
BOOST_DESCRIBE_STRUCT(CarriedEssay, (EssayForm), (essay))

/// How the words will look.
struct PreviewPage {
    static constexpr std::string_view page = "essays/preview";
    std::string title;
    std::string summary;
    std::optional<std::string> content_note;
    web::Html html;
    std::int64_t reading_minutes = 1;
    std::optional<CarriedEssay> carried;  ///< of a page: a program has them still
};
BOOST_DESCRIBE_STRUCT(PreviewPage, (),
                      (title, summary, content_note, html, reading_minutes, carried))

/// What a program is told when an essay was begun.
struct EssayMade {
    PublicId id;
    std::string url;
    std::string edit_url;
};
BOOST_DESCRIBE_STRUCT(EssayMade, (), (id, url, edit_url))

/// Where words on their way are kept from now on.
struct DraftKept {
    PublicId id;
    std::string save_url;
    std::string action;
};
BOOST_DESCRIBE_STRUCT(DraftKept, (), (id, save_url, action))

/// A file or pasted text to begin an essay from.
struct ImportForm {
    std::string text;
    bool markdown = false;  ///< of pasted text; a file says it by its name
    std::string idempotency_key;
};
BOOST_DESCRIBE_STRUCT(ImportForm, (), (text, markdown, idempotency_key))

/// What comes with a picture.
struct PictureForm {
    std::string alt;
    bool above = false;
};
BOOST_DESCRIBE_STRUCT(PictureForm, (), (alt, above))

}  // namespace kith::essays
