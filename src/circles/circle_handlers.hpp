#pragma once

#include "circles/circle_views.hpp"
#include "circles/circles_store.hpp"
#include "circles/conversations_store.hpp"
#include "web/call.hpp"
#include "web/outcome.hpp"

namespace kith::circles {

/// The circle of the path's {id}, as the viewer may see it; else not found.
[[nodiscard]] CircleRow visible_circle(web::Call const& call, database::Read& read);
/// The same, for who belongs to it; else not found.
[[nodiscard]] CircleRow joined_circle(web::Call const& call, database::Read& read);
/// The same, for who keeps it; else not found.
[[nodiscard]] CircleRow kept_circle(web::Call const& call, database::Read& read);
/// The same, while the circle isn't closed; else a conflict.
[[nodiscard]] CircleRow kept_open_circle(web::Call const& call, database::Read& read);

/// "Seen by the 7 members of Quiet Mornings."
[[nodiscard]] std::string seen_by_circle(web::Call const& call, CircleRow const& circle);
/// "12 at most"
[[nodiscard]] std::string at_most(web::Call const& call, CircleRow const& circle);
/// "Ada and Ben keep this circle."
[[nodiscard]] std::string led_by(web::Call const& call, std::vector<PersonRow> const& keepers);
[[nodiscard]] std::string kind_word(web::Call const& call, CircleKind kind);

/// Lets someone into a circle: as a member, a reader, and with what waited for them settled.
/// Refuses when it is full.
struct Entry {
    Id<Member> member;
    std::int64_t agreed_version = 0;
    bool by_keeper = false;  ///< also who was taken out before
};
void let_in(web::Call& call, database::Write& write, CircleRow const& circle, Entry const& entry);

/// The circle's conversations as the viewer's list shows them: of whom they fold, only that there
/// is something.
[[nodiscard]] std::vector<ConversationItem> conversation_items(
    web::Call const& call, std::vector<ConversationLine> const& lines);
/// The person, with the way to keep distance from them, who goes on to `then`.
[[nodiscard]] PersonView person_to_meet(web::Call const& call, PersonRow const& row,
                                        std::string_view then);

inline constexpr std::string_view new_pattern = "/circles/new";
inline constexpr std::string_view settings_pattern = "/circles/{id}/settings";
inline constexpr std::string_view ask_pattern = "/circles/{id}/ask";
inline constexpr std::string_view join_pattern = "/circles/{id}/join";
inline constexpr std::string_view accept_pattern = "/circles/{id}/invitation/accept";
inline constexpr std::string_view invite_pattern = "/circles/{id}/invitations";
inline constexpr std::string_view remove_pattern = "/circles/{id}/members/{member}/remove";
inline constexpr std::string_view agreement_pattern = "/circles/{id}/agreement";
inline constexpr std::string_view use_link_pattern = "/circles/invitations/{token}/accept";

struct EntryForm {
    std::int64_t agreement_version = 0;  ///< the one that was read and accepted
};
BOOST_DESCRIBE_STRUCT(EntryForm, (), (agreement_version))
struct AskForm {
    std::string words;
    std::int64_t agreement_version = 0;
};
BOOST_DESCRIBE_STRUCT(AskForm, (), (words, agreement_version))
struct InviteForm {
    std::string to;
};
BOOST_DESCRIBE_STRUCT(InviteForm, (), (to))
struct RemoveForm {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RemoveForm, (), (reason))
struct KeeperForm {
    bool hand_over = false;  ///< and the viewer keeps the circle no longer
};
BOOST_DESCRIBE_STRUCT(KeeperForm, (), (hand_over))
struct AgreeForm {
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(AgreeForm, (), (version))

// a circle
[[nodiscard]] web::Answer show_circles(web::Call& call);
[[nodiscard]] web::Answer show_circle(web::Call& call);
[[nodiscard]] web::Answer show_new(web::Call& call);
[[nodiscard]] web::Outcome act_new(web::Call& call);
[[nodiscard]] web::Answer show_settings(web::Call& call);
[[nodiscard]] web::Outcome act_settings(web::Call& call);
[[nodiscard]] web::Answer show_members(web::Call& call);
[[nodiscard]] web::Answer show_agreement(web::Call& call);
[[nodiscard]] web::Outcome act_agree(web::Call& call);

// coming in
[[nodiscard]] web::Outcome act_join(web::Call& call);
[[nodiscard]] web::Outcome act_ask(web::Call& call);
[[nodiscard]] web::Outcome act_take_back(web::Call& call);
[[nodiscard]] web::Answer show_requests(web::Call& call);
[[nodiscard]] web::Outcome act_let_in(web::Call& call);
[[nodiscard]] web::Outcome act_not_now(web::Call& call);
[[nodiscard]] web::Answer show_invitations(web::Call& call);
[[nodiscard]] web::Outcome act_invite(web::Call& call);
[[nodiscard]] web::Outcome act_make_link(web::Call& call);
[[nodiscard]] web::Outcome act_withdraw_invitation(web::Call& call);
[[nodiscard]] web::Outcome act_accept(web::Call& call);
[[nodiscard]] web::Outcome act_ignore(web::Call& call);
[[nodiscard]] web::Answer show_link(web::Call& call);
[[nodiscard]] web::Outcome act_use_link(web::Call& call);

// leaving and keeping
[[nodiscard]] web::Outcome act_leave(web::Call& call);
[[nodiscard]] web::Outcome act_name_keeper(web::Call& call);
[[nodiscard]] web::Outcome act_step_down(web::Call& call);
[[nodiscard]] web::Outcome act_remove(web::Call& call);
[[nodiscard]] web::Outcome act_put_away(web::Call& call);
[[nodiscard]] web::Outcome act_close(web::Call& call);
[[nodiscard]] web::Outcome act_copy(web::Call& call);

// conversations
[[nodiscard]] web::Answer show_conversations(web::Call& call);
[[nodiscard]] web::Answer show_begin(web::Call& call);
[[nodiscard]] web::Outcome act_begin(web::Call& call);
[[nodiscard]] web::Answer show_conversation(web::Call& call);
[[nodiscard]] web::Outcome act_comment(web::Call& call);
[[nodiscard]] web::Outcome act_read(web::Call& call);
[[nodiscard]] web::Outcome act_close_conversation(web::Call& call);
[[nodiscard]] web::Outcome act_reopen(web::Call& call);
[[nodiscard]] web::Outcome act_pin(web::Call& call);
[[nodiscard]] web::Outcome act_unpin(web::Call& call);
[[nodiscard]] web::Outcome act_open_to_later(web::Call& call);
[[nodiscard]] web::Outcome act_close_to_later(web::Call& call);
[[nodiscard]] web::Outcome act_slow(web::Call& call);
[[nodiscard]] web::Outcome act_patience(web::Call& call);
[[nodiscard]] web::Outcome act_withdraw(web::Call& call);

// what one shares
[[nodiscard]] web::Answer show_sharing(web::Call& call);
[[nodiscard]] web::Outcome act_sharing(web::Call& call);

}  // namespace kith::circles
