#pragma once

#include <string>
#include <string_view>

#include "database/session.hpp"
#include "essays/essay.hpp"
#include "essays/essays_store.hpp"
#include "web/site.hpp"

namespace kith::essays {

/// Someone's essay to be begun.
struct NewEssay {
    Id<Member> author;
    EssayAudience audience = EssayAudience::anyone;
    bool comments_closed = false;
    std::int64_t version = 1;     ///< 0 while nothing was saved but the words on their way
    std::optional<Time> at = {};  ///< when it was written, if not now
    std::optional<std::string> idempotency_key = {};  ///< as it is kept
};

/// Where an essay has come to.
struct EssayPlace {
    Id<Essay> id;
    PublicId public_id;
    std::string slug;
    Id<talk::Discussion> discussion;
};

[[nodiscard]] EssayWords words_of(OwnEssay const& essay);

/// Begins an essay as a draft, with its discussion.
EssayPlace add_essay(web::Site& site, database::Write& write, NewEssay const& essay,
                     ReadyEssay const& ready);

/// What the editor's form asks for beside the words.
struct Change {
    EssayAudience audience = EssayAudience::anyone;
    bool comments_closed = false;
    bool new_address = false;
    bool publish = false;
};

/// Saves new words of the author's own essay as its next version; gives its address. Refuses with
/// a conflict when it was saved meanwhile, that is when it isn't at `base_version` any more; but
/// the same words sent again are there already.
[[nodiscard]] std::string change_essay(web::Site& site, database::Write& write,
                                       Viewer const& author, PublicId const& id,
                                       std::int64_t base_version, Change const& change,
                                       ReadyEssay const& ready);

/// Publishes the essay, or withdraws it; its discussion follows.
void set_state(database::Write& write, OwnEssay const& essay, EssayState state, Time now);

/// Keeps a file's text as an essay; gives its path. Refuses (mistakes) what can't be kept.
[[nodiscard]] std::string import_essay(web::Site& site, database::Write& write, Id<Member> author,
                                       std::string_view file_text, bool is_markdown, bool publish);

/// The same text with its words found, before the deed.
[[nodiscard]] EssayWords words_of_file(std::string_view file_text, bool is_markdown);

/// The key of a form as it is kept, hashed, with whose it is where that isn't kept beside it; none
/// where the form had none.
[[nodiscard]] std::optional<std::string> kept_key(web::Site const& site, std::string_view key,
                                                  std::string_view whose = {});

/// The term before a content note in `language`.
[[nodiscard]] std::string content_note_term(web::Site const& site, std::string_view language);

}  // namespace kith::essays
