#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database/session.hpp"
#include "essays/essay.hpp"
#include "members/member.hpp"

namespace kith::essays {

struct Thanks;  // the tag of Id<Thanks>

/// A note that an essay was sent on with.
struct ThanksRow {
    Id<Thanks> id;
    PublicId public_id;
    std::string essay_slug;
    std::string essay_title;
    Id<Member> sender;
    std::string sender_name;
    bool by_mail = false;
    bool to_viewer = false;
    bool by_viewer = false;
    std::string to_name;
    std::string note;
    Time sent_at{};
    std::optional<Time> received_at;
    bool put_away = false;  ///< by the viewer
};
BOOST_DESCRIBE_STRUCT(ThanksRow, (),
                      (id, public_id, essay_slug, essay_title, sender, sender_name, by_mail,
                       to_viewer, by_viewer, to_name, note, sent_at, received_at, put_away))

struct ThanksToAdd {
    PublicId public_id;
    Id<Essay> essay;
    Id<Member> sender;
    std::optional<Id<Member>> receiver;
    bool by_mail = false;
    std::string to_name;
    std::optional<std::string> token_hash;
    std::string note;
    std::optional<std::string> idempotency_key;
    Time sent_at{};
    std::optional<Time> expires_at;
};

/// The members whom the viewer may see that go by exactly this name, two at most: more than one
/// is ambiguous.
[[nodiscard]] std::vector<Id<Member>> members_called(database::Read& read, Viewer const& viewer,
                                                     std::string_view name);

/// Whether the viewer is apart from whoever wrote the essay, which they couldn't be sent then.
[[nodiscard]] bool is_apart_from_author(database::Read& read, Viewer const& viewer,
                                        Id<Essay> essay);

/// Keeps the note; false, and nothing kept, when it was sent before with the same key.
[[nodiscard]] bool insert_thanks(database::Write& write, ThanksToAdd const& thanks);

/// What the viewer sent or was sent by someone they aren't apart from.
[[nodiscard]] std::optional<ThanksRow> find_thanks(database::Read& read, Viewer const& viewer,
                                                   PublicId const& id);
/// The note of a mail's link, while it holds; whoever has the link may read it.
[[nodiscard]] std::optional<ThanksRow> find_thanks_by_link(database::Read& read,
                                                           Viewer const& viewer,
                                                           std::string_view token_hash, Time now);
/// What the viewer sent and was sent, newest first.
[[nodiscard]] std::vector<ThanksRow> list_thanks(database::Read& read, Viewer const& viewer,
                                                 std::size_t at_most);
/// Notes to the viewer that they haven't answered, and the viewer's own that were received since
/// `since`; neither where they were put away.
[[nodiscard]] std::vector<ThanksRow> thanks_for_today(database::Read& read, Viewer const& viewer,
                                                      Time since);

/// Marks the note as received with love; once.
void mark_received(database::Write& write, Id<Thanks> id, Time at);
void put_thanks_away(database::Write& write, Viewer const& viewer, Id<Thanks> id);
/// Ends links that are older than they may be.
void expire_thanks(database::Write& write, Time now);
/// Takes away what the member sent, and their name from what they were sent.
void erase_thanks(database::Write& write, Id<Member> member);

}  // namespace kith::essays
