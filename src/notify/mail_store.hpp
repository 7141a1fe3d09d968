#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/viewer.hpp"
#include "database/session.hpp"
#include "web/mail.hpp"

namespace kith::notify {

struct Mailing;  // the tag of Id<Mailing>

/// Waiting is tried again; sent and dead are settled.
enum class MailState { waiting, sent, dead };
BOOST_DESCRIBE_ENUM(MailState, waiting, sent, dead)

struct MailRow {
    Id<Mailing> id;
    PublicId public_id;
    std::string recipient;
    std::string subject;
    std::string body;
    std::string kind;
    MailState state = MailState::waiting;
    std::int64_t attempts = 0;
    std::string last_error;
    bool forget_address = false;
    Time queued_at;
    std::string unsubscribe_url;
};
BOOST_DESCRIBE_STRUCT(MailRow, (),
                      (id, public_id, recipient, subject, body, kind, state, attempts, last_error,
                       forget_address, queued_at, unsubscribe_url))

[[nodiscard]] Id<Mailing> add_mail(database::Write& write, PublicId const& public_id,
                                   web::OutgoingMail const& mail, Time now);
[[nodiscard]] std::optional<MailRow> mail_by_id(database::Read& read, Viewer const& viewer,
                                                Id<Mailing> id);
[[nodiscard]] std::optional<MailRow> find_mail(database::Read& read, Viewer const& viewer,
                                               PublicId const& id);
/// What isn't sent, dead first, then the oldest; for the host.
[[nodiscard]] std::vector<MailRow> unsent_mail(database::Read& read, Viewer const& viewer);
/// Ends a mail's way; what it said is wiped, and its address when it is to be forgotten.
void settle_mail(database::Write& write, MailRow const& mail, MailState state,
                 std::string const& error, Time now);
/// Notes a failed try; the mail goes on waiting.
void note_delay(database::Write& write, Id<Mailing> id, std::string const& error);
/// A dead mail waits again.
void revive_mail(database::Write& write, Id<Mailing> id);
/// Removes what was settled before `before`.
void forget_settled_mail(database::Write& write, Time before);

/// Takes every mail to the member's address out of the queue: erasure, while the address is known.
void delete_mail_to(database::Write& write, Id<Member> member);

/// How it stands with the mail that isn't sent; mail to nobody isn't counted.
struct MailDepth {
    std::int64_t waiting = 0;
    std::int64_t dead = 0;
    std::optional<Time> oldest_at;  ///< since when the oldest of those waits that wait
};
BOOST_DESCRIBE_STRUCT(MailDepth, (), (waiting, dead, oldest_at))
[[nodiscard]] MailDepth mail_depth(database::Read& read, Viewer const& viewer);

/// About how many bytes the mails take that are kept.
[[nodiscard]] std::int64_t size_of_mail(database::Read& read, Viewer const& viewer);

}  // namespace kith::notify
