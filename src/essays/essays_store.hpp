#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "database/session.hpp"
#include "essays/essay.hpp"
#include "essays/letter_state.hpp"
#include "members/member.hpp"

namespace kith::essays {

/// An essay as a list shows it.
struct EssayLine {
    Id<Essay> id;
    PublicId public_id;
    std::string slug;
    std::string title;
    std::string summary;
    std::string excerpt;
    std::string content_note;
    EssayState state = EssayState::draft;
    EssayAudience audience = EssayAudience::anyone;
    std::int64_t reading_minutes = 1;
    Time edited_at{};
    std::optional<Time> published_at;
    Id<Member> author;
    PublicId author_id;
    std::string author_name;
    Role author_role = Role::member;
    bool author_has_avatar = false;
    bool author_listed = false;
    std::optional<std::string> picture_alt;
    std::optional<std::int64_t> picture_width;
    std::optional<std::int64_t> picture_height;
    bool muted = false;  ///< the viewer muted who wrote it
};
BOOST_DESCRIBE_STRUCT(EssayLine, (),
                      (id, public_id, slug, title, summary, excerpt, content_note, state, audience,
                       reading_minutes, edited_at, published_at, author, author_id, author_name,
                       author_role, author_has_avatar, author_listed, picture_alt, picture_width,
                       picture_height, muted))

/// An essay with its text, as the feed shows it.
struct EssayText : EssayLine {
    std::string html;
};
BOOST_DESCRIBE_STRUCT(EssayText, (EssayLine), (html))

/// Everything that an essay's own page shows, in one row.
struct EssayRow : EssayText {
    bool comments_closed = false;
    std::int64_t version = 0;
    Id<talk::Discussion> discussion;
    std::string author_about;
    bool author_active = false;  ///< one who isn't reads no letters
    std::optional<bool> takes_letters;
    std::optional<bool> takes_guests;
    std::optional<std::string> when_read;
    std::optional<std::int64_t> answer_days;
    std::optional<PublicId> letter;  ///< the viewer's last one to the author
    std::optional<LetterState> letter_state;
    std::optional<Time> letter_written_at;
};
BOOST_DESCRIBE_STRUCT(EssayRow, (EssayText),
                      (comments_closed, version, discussion, author_about, author_active,
                       takes_letters, takes_guests, when_read, answer_days, letter, letter_state,
                       letter_written_at))

/// The essay at this address or that was there once, if the viewer may read it.
[[nodiscard]] std::optional<EssayRow> find_essay(database::Read& read, Viewer const& viewer,
                                                 std::string_view slug);
/// The published essays that the viewer may read, newest first, after `after` (none: from the
/// first); at most `at_most`.
[[nodiscard]] std::vector<EssayLine> list_essays(database::Read& read, Viewer const& viewer,
                                                 Id<Essay> after, std::size_t at_most);
/// The newest of them with their text.
[[nodiscard]] std::vector<EssayText> newest_texts(database::Read& read, Viewer const& viewer,
                                                  std::size_t at_most);
/// The viewer's own that others can't read, or that wait with unsaved words; newest first.
[[nodiscard]] std::vector<EssayLine> list_unpublished(database::Read& read, Viewer const& viewer);

/// An essay as its author changes it.
struct OwnEssay {
    Id<Essay> id;
    PublicId public_id;
    std::string slug;
    EssayState state = EssayState::draft;
    EssayAudience audience = EssayAudience::anyone;
    bool comments_closed = false;
    std::int64_t version = 0;
    Id<talk::Discussion> discussion;
    std::optional<Time> published_at;
    std::string title;
    std::string summary;
    std::string content_note;
    std::string body;
};
BOOST_DESCRIBE_STRUCT(OwnEssay, (),
                      (id, public_id, slug, state, audience, comments_closed, version, discussion,
                       published_at, title, summary, content_note, body))

/// The viewer's own essay at this address.
[[nodiscard]] std::optional<OwnEssay> find_own_essay(database::Read& read, Viewer const& viewer,
                                                     std::string_view slug);
[[nodiscard]] std::optional<OwnEssay> find_own_essay(database::Read& read, Viewer const& viewer,
                                                     PublicId const& id);
/// The viewer's own essay that was begun under this key, as it is kept.
[[nodiscard]] std::optional<OwnEssay> find_begun_essay(database::Read& read, Viewer const& viewer,
                                                       std::string_view key);
/// Everything that someone wrote, oldest first.
[[nodiscard]] std::vector<OwnEssay> essays_of(database::Read& read, Viewer const& viewer,
                                              Id<Member> author);

/// An essay to be kept for the first time, as a draft.
struct EssayToAdd {
    PublicId public_id;
    Id<Member> author;
    std::string slug;
    Id<talk::Discussion> discussion;
    EssayAudience audience = EssayAudience::anyone;
    bool comments_closed = false;
    std::int64_t version = 0;
    Time at{};
    std::optional<std::string> idempotency_key = {};
};
Id<Essay> insert_essay(database::Write& write, EssayToAdd const& essay, ReadyEssay const& ready);
/// Keeps new words as `version`.
void update_words(database::Write& write, Id<Essay> essay, ReadyEssay const& ready,
                  std::int64_t version, Time at);
void update_settings(database::Write& write, Id<Essay> essay, EssayAudience audience,
                     bool comments_closed);
/// Publishing keeps the first publication's time.
void update_state(database::Write& write, Id<Essay> essay, EssayState state, Time at);

/// Who wrote an essay, and how many of theirs can be read; for the server alone.
struct AuthorStanding {
    Id<Member> author;
    std::int64_t published = 0;
};
BOOST_DESCRIBE_STRUCT(AuthorStanding, (), (author, published))
[[nodiscard]] AuthorStanding author_standing(database::Read& read, Viewer const& viewer,
                                             Id<Essay> essay);
/// Gives the essay another address; the old one leads there.
void update_slug(database::Write& write, Id<Essay> essay, std::string_view slug);

}  // namespace kith::essays
