#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database/session.hpp"
#include "talk/talk.hpp"
#include "talk/talk_rules.hpp"

namespace kith::talk {

/// A comment with what is needed to show it.
struct CommentRow {
    Id<Comment> id;
    PublicId public_id;
    Id<Discussion> discussion;
    std::optional<Id<Comment>> parent;
    std::optional<Id<Member>> author;         ///< absent for a guest
    std::optional<Id<Member>> thread_author;  ///< of the comment above, when it is a reply
    std::optional<std::string> guest_name;
    std::string html;
    std::optional<std::string> content_note;
    State state = State::published;
    Time created_at{};
    std::optional<Time> edited_at;
    std::optional<PublicId> member_id;
    std::optional<std::string> member_name;
    std::optional<Role> member_role;
    bool member_has_avatar = false;
    bool member_has_page = false;       ///< that members may see
    std::optional<std::string> reason;  ///< a steward's, when refused
    KindReply kind = KindReply::none;   ///< the viewer's
    std::optional<std::string>
        folded_for;  ///< words that the viewer folds; no column, see fold_for()
    std::vector<CommentPicture> pictures;  ///< no column, see add_pictures()
    std::optional<PollView> poll;          ///< no column, see add_polls()
    bool quote_is_gone = false;  ///< words were left out; no column, see leave_out_gone_quotes()
    distance::Folded folded = distance::Folded::no;  ///< the author; no column, see fold_for()
};
BOOST_DESCRIBE_STRUCT(CommentRow, (),
                      (id, public_id, discussion, parent, author, thread_author, guest_name, html,
                       content_note, state, created_at, edited_at, member_id, member_name,
                       member_role, member_has_avatar, member_has_page, reason, kind))

/// A place between comments in the order of threads: beside `comment`. All zero is the beginning.
struct PagePlace {
    Id<Comment> thread;
    Id<Comment> comment;

    [[nodiscard]] static PagePlace end() {
        Id<Comment> const last{std::numeric_limits<std::int64_t>::max()};
        return {last, last};
    }
    bool operator==(PagePlace const&) const = default;
};
BOOST_DESCRIBE_STRUCT(PagePlace, (), (thread, comment))

/// At most `limit` comments after (or before) a place that the viewer may see: threads oldest
/// first, replies under each. Takes as long wherever in a conversation the place is.
[[nodiscard]] std::vector<CommentRow> comments_after(database::Read& read, Viewer const& viewer,
                                                     Id<Discussion> discussion, PagePlace place,
                                                     std::size_t limit);
[[nodiscard]] std::vector<CommentRow> comments_before(database::Read& read, Viewer const& viewer,
                                                      Id<Discussion> discussion, PagePlace place,
                                                      std::size_t limit);

/// The place of a comment of this discussion, to go on from.
[[nodiscard]] std::optional<PagePlace> place_of(database::Read& read, Viewer const& viewer,
                                                Id<Discussion> discussion, Id<Comment> comment);

/// The comment if the viewer may see it in its discussion's pages.
[[nodiscard]] std::optional<CommentRow> find_comment(database::Read& read, Viewer const& viewer,
                                                     PublicId const& comment);
[[nodiscard]] std::optional<CommentRow> find_comment(database::Read& read, Viewer const& viewer,
                                                     Id<Comment> comment);

/// What the comment is a reply to, however that stands: to name its place on the page.
[[nodiscard]] std::optional<PublicId> parent_of(database::Read& read, Viewer const& viewer,
                                                CommentRow const& comment);

/// What was typed, for its author.
[[nodiscard]] std::optional<std::string> source_of(database::Read& read, Viewer const& viewer,
                                                   Id<Comment> comment);

/// A comment on its way in.
struct CommentToAdd {
    PublicId public_id;
    Id<Discussion> discussion;
    std::optional<Id<Comment>> parent;
    std::optional<Id<Member>> author;
    std::optional<Id<Member>> thread_author;
    std::optional<std::string> guest_name;
    std::optional<std::string> guest_email_hash;
    std::string_view markdown;
    std::string_view found_words = {};  ///< found_words() of it, when that is known already
    std::string html;
    std::optional<std::string> content_note;
    State state = State::published;
    Time at{};
    std::optional<std::string> idempotency_key;
};

/// Adds the comment; none when the same author has already sent it under the same key.
[[nodiscard]] std::optional<Id<Comment>> add(database::Write& write, CommentToAdd const& comment);

/// The comment that the author has already sent under this key.
[[nodiscard]] std::optional<PublicId> sent_before(database::Read& read, Viewer const& author,
                                                  std::string_view key);

/// Keeps what was typed so far as a version and puts the new words in its place.
void change(database::Write& write, CommentRow const& comment, std::string_view markdown,
            std::string_view html, std::optional<std::string> const& content_note, State state,
            Time now);

/// Sets where the comment stands.
void set_state(database::Write& write, Id<Comment> comment, State state);

/// Takes the comment back: its words, versions, content note, pictures and poll are gone.
void take_back(database::Write& write, Id<Comment> comment);
/// The same for everything of a member, with what stewards said about it.
void take_back_all(database::Write& write, Id<Member> author);

/// What a member takes away.
struct OwnCommentRow {
    Id<Comment> id;
    std::string subject_path;
    Time created_at{};
    std::optional<Time> edited_at;
    State state = State::published;
    std::string markdown;
    std::optional<std::string> content_note;
};
BOOST_DESCRIBE_STRUCT(OwnCommentRow, (),
                      (id, subject_path, created_at, edited_at, state, markdown, content_note))
[[nodiscard]] std::vector<OwnCommentRow> comments_of(database::Read& read, Viewer const& viewer,
                                                     Id<Member> author);

}  // namespace kith::talk
