#pragma once
// Comments, for whatever room has something to talk about. A room opens a discussion beside its
// own object, shows comments_view() in its page by the partial "talk/comments", and lends
// post_comment() a route of its own:
//
//   struct EssayPage { …; talk::CommentsView comments; };     // BOOST_DESCRIBE_STRUCT(…)
//   {{#comments}}{{> talk/comments}}{{/comments}}             // in its template
//   post<talk::CommentForm>("/essays/{slug}/comments", Access::anyone, post, show_essay)

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/limits.hpp"
#include "base/public_id.hpp"
#include "database/session.hpp"
#include "distance/folded.hpp"
#include "members/member.hpp"
#include "web/call.hpp"
#include "web/outcome.hpp"
#include "web/route.hpp"
#include "web/shape.hpp"

namespace kith::talk {

struct Discussion;  // the tag of Id<Discussion>
struct Comment;     // the tag of Id<Comment>
struct Group;       // the tag of Id<Group>

/// Who may read a discussion; each but `nobody` and `group` includes its author.
enum class Audience { nobody, author, members, anyone, group };
BOOST_DESCRIBE_ENUM(Audience, nobody, author, members, anyone, group)

/// What a discussion begins with.
struct DiscussionOpening {
    PublicId public_id;
    std::string subject_path;  ///< where it is shown: "/essays/a-place-to-land"
    Audience audience = Audience::nobody;
    Id<Member> author;     ///< of what is talked about
    Id<Group> group = {};  ///< whose members read it, for Audience::group
    Time begun_at{};       ///< in a group: who came later doesn't read it
};

/// Opens a discussion; it takes comments at once.
Id<Discussion> open_discussion(database::Write& write, DiscussionOpening const& opening);
/// Says anew who may read the discussion, and whether it takes further comments.
void set_audience(database::Write& write, Id<Discussion> discussion, Audience audience,
                  bool open_for_comments);
/// Says anew where the discussion is shown.
void set_subject_path(database::Write& write, Id<Discussion> discussion, std::string_view path);

/// Whether people who keep distance can be invisible to each other in a group (SAFETY 2): in a
/// small one they can't, and what they say stays where it is.
enum class GroupSize { small, large };

/// Makes a group of readers, such as the members of a circle; nobody belongs to it yet.
Id<Group> make_group(database::Write& write, GroupSize size);
void set_group_size(database::Write& write, Id<Group> group, GroupSize size);
/// Lets a member read and answer what is begun in the group from `reads_from` on.
void admit(database::Write& write, Id<Group> group, Id<Member> member, Time reads_from);
/// The place of what members are told of in a group: see web::Notice.
[[nodiscard]] std::string told_in(Id<Group> group);
/// From now on the member reads nothing of the group, nor hears of it.
void dismiss(web::Site& site, database::Write& write, Id<Group> group, Id<Member> member);
/// Opens a group's discussion to those who came after it began, or closes it to them again.
void open_to_later(database::Write& write, Id<Discussion> discussion, bool open);

/// When a poll ends, counted from when it is asked.
enum class PollEnds { never, day, three_days, week };
BOOST_DESCRIBE_ENUM(PollEnds, never, day, three_days, week)

/// A question with choices that comes along with words in a group; empty: none.
struct PollForm {
    std::string poll_question;
    std::string poll_choices;  ///< one a line
    bool poll_many = false;    ///< several answers at once
    PollEnds poll_ends = PollEnds::never;
};
BOOST_DESCRIBE_STRUCT(PollForm, (), (poll_question, poll_choices, poll_many, poll_ends))

/// The same, checked.
struct PollToAdd {
    std::string question;
    std::vector<std::string> choices;
    bool many = false;
    PollEnds ends = PollEnds::never;
};
/// The poll in a form, if there is one; notes what is wrong with it.
[[nodiscard]] std::optional<PollToAdd> checked_poll(PollForm const& form, web::Mistakes& mistakes);
/// Puts a poll beside what begins a group's discussion; takes it away with all answers.
void add_poll(web::Site& site, database::Write& write, Id<Discussion> discussion,
              PollToAdd const& poll, Time at);
void drop_beginning_poll(database::Write& write, Id<Discussion> discussion);

/// The part of a form that asks for a poll.
struct PollFields {
    web::Field question;
    web::Field choices;
    bool many = false;
    PollEnds ends = PollEnds::never;
    bool begun = false;  ///< something was typed there
};
BOOST_DESCRIBE_STRUCT(PollFields, (), (question, choices, many, ends, begun))
[[nodiscard]] PollFields poll_fields(web::Call const& call, std::string_view post_pattern);

/// One choice of a poll, as a viewer sees it.
struct PollChoice {
    std::int64_t number = 0;
    std::string words;
    bool chosen = false;                ///< by the viewer
    std::optional<std::int64_t> votes;  ///< of those whom the viewer may see here; once shown
};
BOOST_DESCRIBE_STRUCT(PollChoice, (), (number, words, chosen, votes))

/// A poll as one viewer sees it: numbers alone, and only once they have answered or it has ended.
struct PollView {
    PublicId id;
    std::string url;
    std::string question;
    bool many = false;
    bool folded = false;  ///< with the words that it stands with
    std::optional<Time> ends_at;
    bool ended = false;
    bool may_vote = false;
    bool voted = false;
    bool shows_results = false;
    std::int64_t voters = 0;
    std::vector<PollChoice> choices;
};
BOOST_DESCRIBE_STRUCT(PollView, (),
                      (id, url, question, many, folded, ends_at, ended, may_vote, voted,
                       shows_results, voters, choices))
/// The poll beside what begins the discussion, as the viewer sees it.
[[nodiscard]] std::optional<PollView> beginning_poll(web::Call const& call,
                                                     Id<Discussion> discussion, bool folded);
/// From now on nothing is added in the group: neither words nor answers.
void close_group(database::Write& write, Id<Group> group);

/// What a comment's form takes. A guest adds name and email.
struct CommentForm : PollForm {
    std::string body;
    std::string content_note;
    std::optional<PublicId> parent;
    std::string idempotency_key;  ///< made once by the page: sent twice, it is posted once
    std::string name;
    std::string email;
    /// What is to be seen in the files picture_1 to picture_4 that come with a member's form.
    std::string about_picture_1;
    std::string about_picture_2;
    std::string about_picture_3;
    std::string about_picture_4;
};
BOOST_DESCRIBE_STRUCT(CommentForm, (PollForm),
                      (body, content_note, parent, idempotency_key, name, email, about_picture_1,
                       about_picture_2, about_picture_3, about_picture_4))

/// A picture that belongs to a comment.
struct CommentPicture {
    std::string url;
    std::string alt;  ///< empty where its author didn't describe it
    std::int64_t width = 0;
    std::int64_t height = 0;
};
BOOST_DESCRIBE_STRUCT(CommentPicture, (), (url, alt, width, height))

/// Why a comment is seen as it is.
enum class Standing {
    published,
    held,        ///< only its author sees this: a steward reads it first
    refused,     ///< only its author sees this, with the steward's reason
    taken_back,  ///< only the place is left, for the replies under it
    put_aside,   ///< the same, while a steward reads it again
};
BOOST_DESCRIBE_ENUM(Standing, published, held, refused, taken_back, put_aside)

/// What can be told the author of a comment without words.
enum class KindReply { none, heard, thinking_of_you, with_you };
BOOST_DESCRIBE_ENUM(KindReply, none, heard, thinking_of_you, with_you)

/// Who has told the author of a comment one of these.
struct KindFrom {
    KindReply kind = KindReply::none;
    std::string names;
};
BOOST_DESCRIBE_STRUCT(KindFrom, (), (kind, names))

/// One comment as one viewer sees it.
struct CommentView {
    static constexpr std::string_view page = "talk/comment";
    PublicId id;
    Standing standing = Standing::published;
    std::string name;  ///< of the member or the guest; empty when taken back
    std::optional<members::MemberCard> author;  ///< its url is empty where they can't see the page
    bool guest = false;
    web::Html html;
    std::vector<CommentPicture> pictures;
    std::optional<PollView> poll;
    std::optional<std::string> content_note;
    std::optional<std::string> folded_for;  ///< words that the viewer has folded for themselves
    distance::Folded folded = distance::Folded::no;  ///< whoever wrote it, for this viewer alone
    Time at{};
    bool edited = false;
    std::optional<std::string> history_url;  ///< of how it read before, when edited
    std::optional<std::string> reason;       ///< of a steward, when refused
    std::string url;
    bool quote_is_gone = false;            ///< what it quoted has been taken back
    std::optional<std::string> reply_url;  ///< when the viewer may reply
    std::optional<std::string> quote_url;  ///< the same, beginning with these words
    KindReply kind = KindReply::none;      ///< what the viewer has told its author without words
    std::optional<std::string> kind_url;   ///< when they may
    std::vector<KindFrom> kind_from;       ///< who has; for its author alone
    bool own = false;
    bool may_hold = false;
    std::optional<std::string> distance_url;  ///< where the viewer can keep distance from them
};
BOOST_DESCRIBE_STRUCT(CommentView, (),
                      (id, standing, name, author, guest, html, pictures, poll, content_note,
                       folded_for, folded, at, edited, history_url, reason, url, quote_is_gone,
                       reply_url, quote_url, kind, kind_url, kind_from, own, may_hold,
                       distance_url))

/// A comment and the replies under it, oldest first.
struct CommentThread : CommentView {
    std::vector<CommentView> replies;
};
BOOST_DESCRIBE_STRUCT(CommentThread, (CommentView), (replies))

/// The comment that a form replies to.
struct ReplyTo {
    PublicId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(ReplyTo, (), (id, name))

/// A place for one picture in that form.
struct PictureField {
    std::int64_t number = 0;
    web::Field file;
    web::Field about;
};
BOOST_DESCRIBE_STRUCT(PictureField, (), (number, file, about))

/// The form below the comments.
struct Composer {
    std::string post_url;
    web::Field body;
    web::Field content_note;
    web::Field name;
    web::Field email;
    std::optional<ReplyTo> reply_to;
    std::string cancel_url;
    std::optional<std::string> idempotency_key;  ///< absent where the page is the same for all
    bool as_guest = false;
    std::string as_name;  ///< of the member who would post
    Audience audience = Audience::nobody;
    std::string seen_by;                 ///< for a group: a sentence that names it
    bool read_by_distant = false;        ///< also by someone from whom the viewer keeps distance
    std::vector<PictureField> pictures;  ///< for a member
    bool pictures_begun = false;         ///< something was typed or is wrong there
    std::optional<PollFields> poll;      ///< in a group
    bool pictures_lost = false;          ///< files came, and no browser gives them again
};
BOOST_DESCRIBE_STRUCT(Composer, (),
                      (post_url, body, content_note, name, email, reply_to, cancel_url,
                       idempotency_key, as_guest, as_name, audience, seen_by, read_by_distant,
                       pictures, pictures_begun, pictures_lost, poll))

/// A page of a discussion: what the partial "talk/comments" shows.
struct CommentsView {
    PublicId discussion;
    std::vector<CommentThread> items;
    std::optional<std::string> next;  ///< the cursor of the next page
    std::optional<std::string> next_url;
    std::optional<std::string> previous;  ///< the cursor of the page before
    std::optional<std::string> previous_url;
    std::optional<std::string> first_url;    ///< of the first page, when this is a later one
    std::optional<std::string> newest_url;   ///< of the last page, when this is an earlier one
    std::optional<Composer> composer;        ///< when the viewer may comment
    std::optional<std::string> sign_in_url;  ///< when they may after signing in
    std::optional<std::string> live_url;     ///< of the event stream; only on the last page
};
BOOST_DESCRIBE_STRUCT(CommentsView, (),
                      (discussion, items, next, next_url, previous, previous_url, first_url,
                       newest_url, composer, sign_in_url, live_url))

/// The page of comments that the query's "comments" cursor asks for, as the viewer sees it.
/// `post_pattern` is the route that takes a CommentForm; `seen_by` says who reads along where the
/// audience is a group. Hidden and missing are not found.
[[nodiscard]] CommentsView comments_view(web::Call& call, Id<Discussion> discussion,
                                         std::string_view post_pattern, std::string seen_by = {});

/// Refuses (sign in first) a form of a member whose session ended since they opened it: only a
/// guest's has a place for a name. Asked before anything is looked up, so that what was typed is
/// kept whatever a stranger may see here.
void require_session_or_guest(web::Call const& call);
/// The answer to a guest's form; it takes the cookie of an ended session away.
[[nodiscard]] web::Answer to_guest(web::Call const& call, web::Answer answer);

/// What a room wants to hold within the very deed that posts; it throws where that doesn't.
using PostingCheck = std::function<void(database::Write&)>;

/// Takes a CommentForm, with the pictures that came along: the comment is published, held, or waits
/// for the guest's email.
[[nodiscard]] web::Outcome post_comment(web::Call& call, Id<Discussion> discussion,
                                        PostingCheck check = {});
/// A route that takes a CommentForm and pictures.
[[nodiscard]] inline web::Route with_comment_pictures(web::Route route) {
    return web::with_uploads(route, limits::comment_pictures_bytes_max);
}

/// A member's comment that needs no form: the demo's, an import's. Always published.
struct NewComment {
    Id<Discussion> discussion;
    Id<Member> author;
    Id<Comment> parent;  ///< none for a comment of its own
    std::string markdown;
    std::string content_note;
    Time at{};
};
Id<Comment> add_comment(web::Site& site, database::Write& write, NewComment const& comment);

}  // namespace kith::talk
