#pragma once

#include <optional>
#include <string>
#include <vector>

#include "circles/circle.hpp"
#include "distance/folded.hpp"
#include "talk/talk.hpp"
#include "talk/waiting.hpp"
#include "web/call.hpp"
#include "web/refuse.hpp"
#include "web/shape.hpp"

namespace kith::circles {

/// What who begins a conversation hopes for.
enum class AsksFor { nothing, listening, ideas, company };
BOOST_DESCRIBE_ENUM(AsksFor, nothing, listening, ideas, company)

/// A conversation as one line of a list.
struct ConversationItem {
    PublicId id;
    std::string url;
    std::string title;
    std::optional<std::string> content_note;
    std::string begun_by;
    std::optional<std::string> last_by;  ///< who spoke last, as far as the viewer may see
    Time at{};                           ///< of the last words
    bool pinned = false;
    bool closed = false;
    bool new_to_you = false;
    distance::Folded folded = distance::Folded::no;  ///< whoever began it, for this viewer alone
};
BOOST_DESCRIBE_STRUCT(ConversationItem, (),
                      (id, url, title, content_note, begun_by, last_by, at, pinned, closed,
                       new_to_you, folded))

/// All conversations of a circle.
struct ConversationsPage {
    static constexpr std::string_view page = "circles/conversations";
    std::string circle_name;
    std::string circle_url;
    std::string seen_by;
    std::vector<ConversationItem> conversations;
    std::optional<std::string> next;
    std::optional<std::string> next_url;
    std::optional<std::string> first_url;
    std::optional<std::string> begin_url;
};
BOOST_DESCRIBE_STRUCT(ConversationsPage, (),
                      (circle_name, circle_url, seen_by, conversations, next, next_url, first_url,
                       begin_url))

/// What begins a conversation.
struct ConversationForm : talk::PollForm {
    std::string title;
    std::string body;
    std::string content_note;
    AsksFor asks_for = AsksFor::nothing;
    talk::Patience patience = talk::Patience::stay;  ///< while nobody answers
    std::string idempotency_key;  ///< made once by the page: sent twice, it begins once
};
BOOST_DESCRIBE_STRUCT(ConversationForm, (talk::PollForm),
                      (title, body, content_note, asks_for, patience, idempotency_key))

struct BeginPage {
    static constexpr std::string_view page = "circles/begin";
    std::string circle_name;
    std::string circle_url;
    std::string post_url;
    std::string seen_by;
    web::Field title;
    web::Field body;
    web::Field content_note;
    AsksFor asks_for = AsksFor::nothing;
    talk::PollFields poll;
    talk::WaitView wait;
    std::string idempotency_key;
    bool read_by_distant = false;  ///< also by someone from whom the viewer keeps distance
};
BOOST_DESCRIBE_STRUCT(BeginPage, (),
                      (circle_name, circle_url, post_url, seen_by, title, body, content_note,
                       asks_for, poll, wait, idempotency_key, read_by_distant))

struct SlowForm {
    std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(SlowForm, (), (minutes))

/// What the viewer may do with the conversation; each where it is theirs.
struct ConversationActs {
    std::optional<std::string> close_url;
    std::optional<std::string> reopen_url;
    std::optional<std::string> pin_url;
    std::optional<std::string> unpin_url;
    std::optional<std::string> open_to_later_url;
    std::optional<std::string> close_to_later_url;
    std::optional<std::string> withdraw_url;
    std::optional<std::string> slow_url;
    web::Field minutes;
};
BOOST_DESCRIBE_STRUCT(ConversationActs, (),
                      (close_url, reopen_url, pin_url, unpin_url, open_to_later_url,
                       close_to_later_url, withdraw_url, slow_url, minutes))

/// Where the viewer says that they have read so far; their browser does it by itself.
struct ReadSoFar {
    std::string post_url;
    std::optional<PublicId> last;  ///< the latest comment that the page was made with
};
BOOST_DESCRIBE_STRUCT(ReadSoFar, (), (post_url, last))
struct ReadForm {
    std::optional<PublicId> last;
};
BOOST_DESCRIBE_STRUCT(ReadForm, (), (last))

struct ConversationPage {
    static constexpr std::string_view page = "circles/conversation";
    PublicId id;
    std::string url;
    std::string circle_name;
    std::string circle_url;
    std::string title;
    std::string seen_by;
    std::string begun_by;
    std::string initials;
    std::string tint;
    std::optional<std::string> author_url;
    std::optional<std::string> picture_url;
    Time begun_at{};
    AsksFor asks_for = AsksFor::nothing;
    std::optional<std::string> content_note;
    web::Html body;
    std::optional<talk::PollView> poll;
    bool pinned = false;
    bool closed = false;
    bool open_to_later = false;
    std::int64_t slow_minutes = 0;
    std::optional<Time> next_words_at;  ///< slow mode: when the viewer may write again
    ConversationActs acts;
    bool acts_any = false;
    bool new_to_you = false;
    ReadSoFar read;
    std::optional<talk::WaitView> wait;  ///< for who began it, while nobody has answered
    std::optional<talk::CommentsView> comments;
    distance::Folded folded = distance::Folded::no;  ///< whoever began it, for this viewer alone
    std::optional<std::string> distance_url;
};
BOOST_DESCRIBE_STRUCT(ConversationPage, (),
                      (id, url, circle_name, circle_url, title, seen_by, begun_by, initials, tint,
                       author_url, picture_url, begun_at, asks_for, content_note, body, poll,
                       pinned, closed, open_to_later, slow_minutes, next_words_at, acts, acts_any,
                       new_to_you, read, wait, comments, folded, distance_url))

/// The agreement that waits to be accepted before something is said, with what was typed.
struct AgreeFirstPage {
    static constexpr std::string_view page = "circles/agree-first";
    std::string code;  ///< "circles.agree_first": for programs
    std::string circle_name;
    web::Html agreement;
    std::int64_t agreement_version = 0;
    std::string agreement_url;
    std::string action;  ///< where what was typed goes then
    std::vector<web::KeptField> kept;
    bool pictures_lost = false;  ///< some came along, and can't be kept like words
};
BOOST_DESCRIBE_STRUCT(AgreeFirstPage, (),
                      (code, circle_name, agreement, agreement_version, agreement_url, action, kept,
                       pictures_lost))

inline constexpr std::string_view begin_pattern = "/circles/{id}/conversations";
inline constexpr std::string_view comments_pattern = "/conversations/{id}/comments";
inline constexpr std::string_view patience_pattern = "/conversations/{id}/patience";
inline constexpr std::string_view slow_pattern = "/conversations/{id}/slow";

}  // namespace kith::circles
