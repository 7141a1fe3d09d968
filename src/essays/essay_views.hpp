#pragma once

#include <optional>
#include <string>
#include <vector>

#include "essays/essays_store.hpp"
#include "members/member.hpp"
#include "talk/talk.hpp"
#include "web/call.hpp"
#include "web/shape.hpp"

namespace kith::essays {

/// A picture of an essay, with its words for who can't see it.
struct PictureView {
    std::string url;
    std::string alt;
    std::int64_t width = 0;
    std::int64_t height = 0;
};
BOOST_DESCRIBE_STRUCT(PictureView, (), (url, alt, width, height))

/// Who wrote an essay, as the viewer may see them: without a link where their page is closed.
struct AuthorView {
    PublicId id;
    std::string name;
    std::string initials;
    std::string tint;
    std::optional<std::string> url;
    std::optional<std::string> picture_url;
    std::optional<std::string> role;  ///< "A guide here", in the reader's language
    std::optional<std::string> about;
};
BOOST_DESCRIBE_STRUCT(AuthorView, (), (id, name, initials, tint, url, picture_url, role, about))

/// The form that sends an essay on.
struct ThanksSlip {
    std::string post_url;
    web::Field to;
    web::Field note;
    std::string idempotency_key;
};
BOOST_DESCRIBE_STRUCT(ThanksSlip, (), (post_url, to, note, idempotency_key))

/// The viewer's last letter to the author.
struct LetterNote {
    std::string letter_url;
    LetterState letter_state = LetterState::received;
    Time letter_at{};
};
BOOST_DESCRIBE_STRUCT(LetterNote, (), (letter_url, letter_state, letter_at))

/// What the author says before others write to them.
struct ReachOutSlip {
    std::string reach_out_url;
    std::string author_name;
    std::optional<std::string> when_read;
    std::int64_t answer_days = 0;  ///< 0: not said
    std::optional<LetterNote> letter;
};
BOOST_DESCRIBE_STRUCT(ReachOutSlip, (),
                      (reach_out_url, author_name, when_read, answer_days, letter))

/// What only the author sees beside their essay.
struct OwnActs {
    std::optional<std::string> edit_url;  ///< while they may write essays, as the next but one
    std::string history_url;
    std::optional<std::string> publish_url;
    std::string withdraw_url;
};
BOOST_DESCRIBE_STRUCT(OwnActs, (), (edit_url, history_url, publish_url, withdraw_url))

/// An essay, whole.
struct EssayPage {
    static constexpr std::string_view page = "essays/essay";
    PublicId id;
    std::string url;
    std::string title;
    std::string summary;
    std::optional<std::string> content_note;
    web::Html body;
    EssayState state = EssayState::draft;
    EssayAudience audience = EssayAudience::anyone;
    std::int64_t reading_minutes = 1;
    Time published_at{};  ///< none while it is a first draft
    bool edited = false;
    Time edited_at{};
    AuthorView author;
    std::optional<PictureView> picture;
    std::string seen_by;
    std::optional<OwnActs> own;
    std::optional<ThanksSlip> thanks;
    std::optional<std::string> thanks_sign_in_url;  ///< where a stranger could send thanks
    std::optional<ReachOutSlip> reach_out;
    std::optional<talk::CommentsView> comments;
    bool comments_closed = false;
    std::string feed_url;
    std::string text_url;
    std::optional<std::string> distance_url;  ///< from who wrote it
    bool muted = false;  ///< the viewer muted who wrote it: for them alone, it is folded
};
BOOST_DESCRIBE_STRUCT(EssayPage, (),
                      (id, url, title, summary, content_note, body, state, audience,
                       reading_minutes, published_at, edited, edited_at, author, picture, seen_by,
                       own, thanks, thanks_sign_in_url, reach_out, comments, comments_closed,
                       feed_url, text_url, distance_url, muted))

/// An essay as one line of a list.
struct EssayItem {
    PublicId id;
    std::string url;
    std::string title;
    std::string summary;  ///< the author's, or the first words
    std::optional<std::string> content_note;
    EssayState state = EssayState::published;
    EssayAudience audience = EssayAudience::anyone;
    std::int64_t reading_minutes = 1;
    Time at{};  ///< published; of one's own drafts: last kept
    AuthorView author;
    std::optional<PictureView> picture;
    bool muted = false;  ///< the viewer muted who wrote it: for them alone, it is folded
};
BOOST_DESCRIBE_STRUCT(EssayItem, (),
                      (id, url, title, summary, content_note, state, audience, reading_minutes, at,
                       author, picture, muted))

/// What there is to read.
struct EssaysPage {
    static constexpr std::string_view page = "essays/essays";
    bool own_any = false;
    std::vector<EssayItem> own;  ///< what the viewer hasn't published yet
    std::vector<EssayItem> items;
    std::optional<std::string> next;  ///< the cursor of the next page
    std::optional<std::string> next_url;
    std::optional<std::string> first_url;
    std::optional<std::string> new_url;  ///< for who may write
    std::string feed_url;
};
BOOST_DESCRIBE_STRUCT(EssaysPage, (),
                      (own_any, own, items, next, next_url, first_url, new_url, feed_url))

/// What a person's view is made of.
struct Person {
    PublicId id;
    std::string name;
    Role role = Role::member;
    bool has_avatar = false;
    bool listed = false;
    bool is_viewer = false;
};
[[nodiscard]] AuthorView person_view(web::Call const& call, Person const& person);
[[nodiscard]] AuthorView author_view(web::Call const& call, EssayLine const& essay);
[[nodiscard]] std::optional<PictureView> picture_view(EssayLine const& essay);
[[nodiscard]] EssayItem essay_item(web::Call const& call, EssayLine const& essay);

/// The patterns of the forms that stand in an essay's page.
inline constexpr std::string_view comments_pattern = "/essays/{slug}/comments";
inline constexpr std::string_view thanks_pattern = "/essays/{slug}/thanks";

}  // namespace kith::essays
