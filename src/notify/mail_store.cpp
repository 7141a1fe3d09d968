#include "notify/mail_store.hpp"

#include "base/limits.hpp"

namespace kith::notify {
namespace {

using database::bind;
using database::Sql;

/// The queue is the server's and the host's alone.
void require_host(Viewer const& viewer) {
    if (!viewer.is_server() && !viewer.at_least(Role::host)) throw Refusal::not_found();
}

constexpr Sql add =
    "insert into mail_queue (public_id, recipient, subject, body, kind, state, forget_address,"
    " queued_at, unsubscribe_url) values (:public_id, :recipient, :subject, :body, :kind, "
    "'waiting',"
    " :forget_address, :now, :unsubscribe_url) returning id";
constexpr Sql by_id =
    "select id, public_id, recipient, subject, body, kind, state, attempts, last_error,"
    " forget_address, queued_at, unsubscribe_url from mail_queue where id = :id";
constexpr Sql by_public_id =
    "select id, public_id, recipient, subject, body, kind, state, attempts, last_error,"
    " forget_address, queued_at, unsubscribe_url from mail_queue where public_id = :id";
constexpr Sql unsent =
    "select id, public_id, recipient, subject, body, kind, state, attempts, last_error,"
    " forget_address, queued_at, unsubscribe_url from mail_queue where state <> 'sent'"
    " and (state = 'dead' or recipient <> '')"
    " order by case state when 'dead' then 0 else 1 end, id limit :most";
constexpr Sql settle =
    "update mail_queue set state = :state, last_error = :error, attempts = attempts + 1,"
    " settled_at = :now, subject = :subject, body = :body, recipient = :recipient,"
    " unsubscribe_url = case when :wiped = 1 then '' else unsubscribe_url end where id = :id";
constexpr Sql delay =
    "update mail_queue set attempts = attempts + 1, last_error = :error where id = :id";
constexpr Sql revive =
    "update mail_queue set state = 'waiting', attempts = 0, settled_at = null where id = :id";
constexpr Sql forget = "delete from mail_queue where state <> 'waiting' and settled_at < :before";
constexpr Sql size =
    "select coalesce(sum(length(subject) + length(body) + length(recipient)), 0) from mail_queue";
constexpr Sql depth =
    "select coalesce(sum(case when state = 'waiting' and recipient <> '' then 1 else 0 end), 0),"
    " coalesce(sum(case when state = 'dead' then 1 else 0 end), 0),"
    " min(case when state = 'waiting' and recipient <> '' then queued_at end)"
    " from mail_queue where state <> 'sent'";
constexpr Sql delete_to_member =
    "delete from mail_queue where recipient = (select email from members where id = :member)";

}  // namespace

Id<Mailing> add_mail(database::Write& write, PublicId const& public_id,
                     web::OutgoingMail const& mail, Time now) {
    return database::one<Id<Mailing>>(write, add, bind("public_id", public_id),
                                      bind("recipient", mail.to), bind("subject", mail.subject),
                                      bind("body", mail.text), bind("kind", mail.kind),
                                      bind("forget_address", mail.forget_address), bind("now", now),
                                      bind("unsubscribe_url", mail.unsubscribe_url));
}

std::optional<MailRow> mail_by_id(database::Read& read, Viewer const& viewer, Id<Mailing> id) {
    require_host(viewer);
    return database::maybe<MailRow>(read, by_id, bind("id", id));
}

std::optional<MailRow> find_mail(database::Read& read, Viewer const& viewer, PublicId const& id) {
    require_host(viewer);
    return database::maybe<MailRow>(read, by_public_id, bind("id", id));
}

std::vector<MailRow> unsent_mail(database::Read& read, Viewer const& viewer) {
    require_host(viewer);
    return database::rows<MailRow>(read, unsent, bind("most", limits::page_items));
}

void settle_mail(database::Write& write, MailRow const& mail, MailState state,
                 std::string const& error, Time now) {
    // A dead mail may be revived by the host and keeps its words, unless its address must go.
    bool const wipe = state == MailState::sent || mail.forget_address;
    bool const forget_address = wipe && mail.forget_address;
    database::execute(write, settle, bind("state", state), bind("error", error), bind("now", now),
                      bind("subject", wipe ? std::string() : mail.subject),
                      bind("body", wipe ? std::string() : mail.body),
                      bind("recipient", forget_address ? std::string() : mail.recipient),
                      bind("wiped", wipe), bind("id", mail.id));
}

void note_delay(database::Write& write, Id<Mailing> id, std::string const& error) {
    database::execute(write, delay, bind("error", error), bind("id", id));
}

void revive_mail(database::Write& write, Id<Mailing> id) {
    database::execute(write, revive, bind("id", id));
}

void forget_settled_mail(database::Write& write, Time before) {
    database::execute(write, forget, bind("before", before));
}

MailDepth mail_depth(database::Read& read, Viewer const& viewer) {
    require_host(viewer);
    return database::one<MailDepth>(read, depth);
}

std::int64_t size_of_mail(database::Read& read, Viewer const& viewer) {
    require_host(viewer);
    return database::number(read, size);
}

void delete_mail_to(database::Write& write, Id<Member> member) {
    database::execute(write, delete_to_member, bind("member", member));
}

}  // namespace kith::notify
