#pragma once

#include <optional>
#include <string>
#include <vector>

#include "circles/conversation_views.hpp"
#include "circles/entry_store.hpp"
#include "web/call.hpp"
#include "web/shape.hpp"

namespace kith::circles {

/// Someone, as the viewer may see them: without a link where their page is closed.
struct PersonView {
    PublicId id;
    std::string name;
    std::string initials;
    std::string tint;
    std::optional<std::string> url;
    std::optional<std::string> picture_url;
    std::optional<std::string> role;  ///< "Guide", in the reader's language
    bool keeper = false;
    bool is_you = false;
    std::optional<std::string> shares;
    Time joined_at{};
    std::optional<std::string> keeper_url;  ///< makes them a keeper, for keepers
    std::optional<std::string> remove_url;
    web::Field reason;  ///< why they are taken out, as it was typed
    std::optional<std::string> distance_url;
};
BOOST_DESCRIBE_STRUCT(PersonView, (),
                      (id, name, initials, tint, url, picture_url, role, keeper, is_you, shares,
                       joined_at, keeper_url, remove_url, reason, distance_url))
[[nodiscard]] PersonView person_view(web::Call const& call, PersonRow const& row);

/// What is shared, of one kind.
struct TagLine {
    std::string kind;
    std::string words;
};
BOOST_DESCRIBE_STRUCT(TagLine, (), (kind, words))
[[nodiscard]] std::vector<TagLine> tag_lines(web::Call const& call, std::vector<Tag> const& tags);

/// How someone who isn't in a circle could come in; one of these, or none when it is full.
struct WayIn {
    bool invited = false;
    bool open = false;
    bool asks = false;  ///< takes a few words
    bool by_invitation = false;
    std::optional<Time> asked_at;   ///< has been asked, and waits
    std::optional<Time> ask_again;  ///< from then on one may ask again
    bool taken_back = false;        ///< the viewer took the wish back
    std::string post_url;           ///< where the agreement, and the words, go
    std::string ignore_url;
    std::string withdraw_url;
    web::Field words;
};
BOOST_DESCRIBE_STRUCT(WayIn, (),
                      (invited, open, asks, by_invitation, asked_at, ask_again, taken_back,
                       post_url, ignore_url, withdraw_url, words))

/// What only keepers see on their circle's page.
struct KeeperActs {
    std::string settings_url;
    std::string requests_url;
    std::string invitations_url;
    bool asked = false;  ///< somebody waits to be let in
};
BOOST_DESCRIBE_STRUCT(KeeperActs, (), (settings_url, requests_url, invitations_url, asked))

/// A circle: whole for who belongs to it, and what it says of itself for who doesn't.
struct CirclePage {
    static constexpr std::string_view page = "circles/circle";
    PublicId id;
    std::string url;
    std::string name;
    std::string purpose;
    CircleKind kind = CircleKind::support;
    std::string kind_word;
    Listing listing = Listing::listed;
    Joining joining = Joining::asking;
    bool small = true;
    bool full = false;
    std::string at_most;  ///< "12 at most"
    std::string seen_by;
    std::vector<TagLine> shares;
    bool shares_any = false;
    bool member = false;
    std::optional<WayIn> way_in;
    std::string led_by;
    std::vector<PersonView> keepers;
    std::vector<PersonView> people;  ///< the first of them
    std::optional<std::string> people_url;
    web::Html agreement;
    std::int64_t agreement_version = 0;
    Time agreement_at{};
    std::string agreement_url;
    bool agree_first = false;  ///< it changed since the viewer accepted it
    std::vector<ConversationItem> conversations;
    std::optional<std::string> conversations_url;  ///< when there are more
    std::optional<std::string> begin_url;
    bool history_open = false;
    std::optional<KeeperActs> keeps;
    Time joined_at{};
    std::string leave_url;
    std::string leaving;  ///< what happens to the circle then
    std::string copy_url;
    std::optional<Time> erase_at;  ///< of a closed circle
};
BOOST_DESCRIBE_STRUCT(CirclePage, (),
                      (id, url, name, purpose, kind, kind_word, listing, joining, small, full,
                       at_most, seen_by, shares, shares_any, member, way_in, led_by, keepers,
                       people, people_url, agreement, agreement_version, agreement_at,
                       agreement_url, agree_first, conversations, conversations_url, begin_url,
                       history_open, keeps, joined_at, leave_url, leaving, copy_url, erase_at))

/// A circle as one line of a list.
struct CircleItem {
    PublicId id;
    std::string url;
    std::string name;
    std::string purpose;
    CircleKind kind = CircleKind::support;
    std::string kind_word;
    bool keeper = false;
    bool closed = false;
    bool full = false;
    bool new_to_you = false;
    std::optional<std::string> in_common;  ///< "3 things in common: …"
};
BOOST_DESCRIBE_STRUCT(CircleItem, (),
                      (id, url, name, purpose, kind, kind_word, keeper, closed, full, new_to_you,
                       in_common))

/// A circle that a keeper has invited the viewer into.
struct InvitedItem {
    std::string url;
    std::string name;
    std::string purpose;
    std::string line;
};
BOOST_DESCRIBE_STRUCT(InvitedItem, (), (url, name, purpose, line))

/// Why the viewer was taken out of a circle.
struct RemovalItem {
    std::string circle_name;
    std::string reason;
    Time removed_at{};
    std::string put_away_url;
};
BOOST_DESCRIBE_STRUCT(RemovalItem, (), (circle_name, reason, removed_at, put_away_url))

/// The viewer's circles, and those that they can find.
struct CirclesPage {
    static constexpr std::string_view page = "circles/circles";
    std::vector<CircleItem> own;
    std::vector<InvitedItem> invited;
    std::vector<RemovalItem> removals;
    std::vector<CircleItem> items;
    bool first = true;  ///< the page that begins with the viewer's own
    bool shares_any = false;
    std::optional<std::string> next;
    std::optional<std::string> next_url;
    std::optional<std::string> first_url;
    std::string new_url;
};
BOOST_DESCRIBE_STRUCT(CirclesPage, (),
                      (own, invited, removals, items, first, shares_any, next, next_url, first_url,
                       new_url))

/// The form by which a circle is made and changed.
struct CircleEditorPage {
    static constexpr std::string_view page = "circles/editor";
    std::string heading;
    std::string post_url;
    std::string back_url;
    bool is_new = true;
    web::Field name;
    web::Field purpose;
    CircleKind kind = CircleKind::support;
    bool may_guide = false;
    web::Field size_max;
    std::int64_t size_ceiling = 12;
    Listing listing = Listing::listed;
    Joining joining = Joining::asking;
    bool history_open = false;
    web::Field culture;
    web::Field values;
    web::Field experiences;
    web::Field goals;
    web::Field agreement;
    std::int64_t agreement_version = 0;
    std::string seen_by;
    std::optional<std::string> close_url;
    std::optional<std::string> step_down_url;  ///< when there is another keeper
};
BOOST_DESCRIBE_STRUCT(CircleEditorPage, (),
                      (heading, post_url, back_url, is_new, name, purpose, kind, may_guide,
                       size_max, size_ceiling, listing, joining, history_open, culture, values,
                       experiences, goals, agreement, agreement_version, seen_by, close_url,
                       step_down_url))

/// Who belongs to a circle.
struct CircleMembersPage {
    static constexpr std::string_view page = "circles/members";
    std::string circle_name;
    std::string circle_url;
    std::string seen_by;
    std::string at_most;
    bool keeper = false;
    std::vector<PersonView> items;
    std::optional<std::string> next;
    std::optional<std::string> next_url;
    std::optional<std::string> first_url;
};
BOOST_DESCRIBE_STRUCT(CircleMembersPage, (),
                      (circle_name, circle_url, seen_by, at_most, keeper, items, next, next_url,
                       first_url))

/// One who asks to come in.
struct RequestItem {
    PublicId id;
    PersonView person;
    std::string words;
    Time asked_at{};
    std::string let_in_url;
    std::string not_now_url;
};
BOOST_DESCRIBE_STRUCT(RequestItem, (), (id, person, words, asked_at, let_in_url, not_now_url))
struct RequestsPage {
    static constexpr std::string_view page = "circles/requests";
    std::string circle_name;
    std::string circle_url;
    bool full = false;
    std::vector<RequestItem> items;
};
BOOST_DESCRIBE_STRUCT(RequestsPage, (), (circle_name, circle_url, full, items))

/// An invitation that still holds.
struct InvitationItem {
    PublicId id;
    std::string to_name;
    bool by_link = false;
    Time expires_at{};
    std::string withdraw_url;
};
BOOST_DESCRIBE_STRUCT(InvitationItem, (), (id, to_name, by_link, expires_at, withdraw_url))
struct InvitationsPage {
    static constexpr std::string_view page = "circles/invitations";
    std::string circle_name;
    std::string circle_url;
    std::string post_url;
    std::string link_url;
    web::Field to;
    std::vector<InvitationItem> items;
};
BOOST_DESCRIBE_STRUCT(InvitationsPage, (), (circle_name, circle_url, post_url, link_url, to, items))

/// A new link, shown this once.
struct InvitationLinkPage {
    static constexpr std::string_view page = "circles/invitation-link";
    std::string circle_name;
    std::string back_url;
    std::string url;
    Time expires_at{};
};
BOOST_DESCRIBE_STRUCT(InvitationLinkPage, (), (circle_name, back_url, url, expires_at))

/// What someone with a link sees before they come in.
struct InvitedPage {
    static constexpr std::string_view page = "circles/invited";
    std::string name;
    std::string purpose;
    std::string kind_word;
    std::vector<TagLine> shares;
    std::string led_by;
    std::vector<PersonView> keepers;
    web::Html agreement;
    std::int64_t agreement_version = 0;
    bool full = false;
    std::string post_url;
};
BOOST_DESCRIBE_STRUCT(InvitedPage, (),
                      (name, purpose, kind_word, shares, led_by, keepers, agreement,
                       agreement_version, full, post_url))

/// A circle's agreement, with its earlier wordings.
struct WordingView {
    std::int64_t version = 0;
    web::Html words;
    Time made_at{};
};
BOOST_DESCRIBE_STRUCT(WordingView, (), (version, words, made_at))
struct CircleAgreementPage {
    static constexpr std::string_view page = "circles/agreement";
    std::string circle_name;
    std::string circle_url;
    WordingView current;
    bool asks = false;
    std::string post_url;
    std::vector<WordingView> earlier;
    bool earlier_any = false;
};
BOOST_DESCRIBE_STRUCT(CircleAgreementPage, (),
                      (circle_name, circle_url, current, asks, post_url, earlier, earlier_any))

}  // namespace kith::circles
