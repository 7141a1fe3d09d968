#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/random.hpp"
#include "talk/talk.hpp"

namespace kith::essays {

struct Essay;    // the tag of Id<Essay>
struct Picture;  // the tag of Id<Picture>

/// Where an essay stands: its author alone reads a draft or a withdrawn one.
enum class EssayState { draft, published, withdrawn };
BOOST_DESCRIBE_ENUM(EssayState, draft, published, withdrawn)

/// Who may read a published essay.
enum class EssayAudience { anyone, members };
BOOST_DESCRIBE_ENUM(EssayAudience, anyone, members)

/// What an author writes.
struct EssayWords {
    std::string title = {};
    std::string summary = {};
    std::string content_note = {};  ///< folds the whole text when it isn't empty
    std::string body = {};          ///< Markdown
    bool operator==(EssayWords const&) const = default;
};
BOOST_DESCRIBE_STRUCT(EssayWords, (), (title, summary, content_note, body))

/// What the editor sends.
struct EssayForm : EssayWords {
    EssayAudience audience = EssayAudience::anyone;
    bool comments_closed = false;
    bool new_address = false;  ///< makes the address anew from the title; the old one leads there
    bool publish = false;
    std::int64_t version = 0;  ///< what it began from
    std::string idempotency_key;
};
BOOST_DESCRIBE_STRUCT(EssayForm, (EssayWords),
                      (audience, comments_closed, new_address, publish, version, idempotency_key))

enum class Completeness { draft, to_publish };

/// Refuses what is too long; what is to be published needs a title and a text.
void check_essay(EssayWords const& words, Completeness completeness);

/// An essay's words made ready to be kept, so that a deed needn't render.
struct ReadyEssay {
    EssayWords words;
    std::string html;
    std::string excerpt;  ///< the first words; empty under a content note
    std::int64_t reading_minutes = 1;
};

/// Renders the words; `content_note` is the term before a note, in the author's language.
[[nodiscard]] ReadyEssay make_ready(EssayWords words, std::string content_note);

/// An address from the title, with a few letters of chance: so no address is ever "taken", which
/// would tell that somebody has written under this title.
[[nodiscard]] std::string make_slug(std::string_view title, Random& random);
/// Whether `slug` was made from `title`.
[[nodiscard]] bool is_slug_of(std::string_view slug, std::string_view title);

[[nodiscard]] std::string essay_url(std::string_view slug);

/// Who may read the comments of an essay.
[[nodiscard]] talk::Audience comments_audience(EssayState state, EssayAudience audience);

}  // namespace kith::essays
