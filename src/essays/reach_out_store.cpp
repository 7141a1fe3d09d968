#include "essays/reach_out_store.hpp"

#include "base/limits.hpp"

namespace kith::essays {

using database::bind;
using database::Sql;

// The two, and nobody else: a role opens no letter. What can't go on for any reason reads as
// closed, without a name, so that the reason can't be told.

constexpr Sql by_public_id = R"(
    select r.id, r.public_id, r.recipient, r.sender,
           case when r.recipient = :viewer then 1 else 0 end,
           case when r.state = 'closed' then '' when o.id is null then r.guest_name
                when o.state <> 'active' or p.viewer is not null then '' else o.name end,
           case when o.state = 'active' and p.viewer is null and r.state <> 'closed'
                     and (o.listed = 1 or o.author = 1 or o.role <> 'member')
                then o.public_id end,
           case when o.state = 'active' and p.viewer is null and r.state <> 'closed'
                then o.public_id end,
           case when r.sender is null and r.guest_name <> '' then 1 else 0 end,
           r.guest_email, r.language,
           case when o.id is not null and (o.state <> 'active' or p.viewer is not null)
                then 'closed' else r.state end,
           r.written_at, r.read_at, r.changed_at
    from reach_outs r
    left join members o on o.id = case when r.recipient = :viewer then r.sender
                                       else r.recipient end
    left join separations p on p.viewer = :viewer and p.other = o.id
    where r.public_id = :id and (r.recipient = :viewer or r.sender = :viewer)
      and r.state <> 'waiting_for_email')";

std::optional<ReachOutRow> find_reach_out(database::Read& read, Viewer const& viewer,
                                          PublicId const& id) {
    return database::maybe<ReachOutRow>(read, by_public_id, bind("id", id),
                                        bind("viewer", viewer.member));
}

constexpr Sql by_link = R"(
    select r.id, r.public_id, r.recipient, r.sender, 0,
           case when r.state = 'closed' or o.state <> 'active' then '' else o.name end,
           null, null, 0, r.guest_email, r.language,
           case when o.state <> 'active' then 'closed' else r.state end,
           r.written_at, r.read_at, r.changed_at
    from reach_out_links k
    join reach_outs r on r.id = k.reach_out
    join members o on o.id = r.recipient
    where k.token_hash = :token_hash and k.expires_at > :now and r.sender is null
      and :viewer <> r.recipient)";

std::optional<ReachOutRow> find_by_link(database::Read& read, Viewer const& guest,
                                        std::string_view token_hash, Time now) {
    return database::maybe<ReachOutRow>(read, by_link, bind("token_hash", token_hash),
                                        bind("now", now), bind("viewer", guest.member));
}

constexpr Sql of_viewer = R"(
    select r.id, r.public_id, r.recipient, r.sender,
           case when r.recipient = :viewer then 1 else 0 end,
           case when r.state = 'closed' then '' when o.id is null then r.guest_name
                when o.state <> 'active' or p.viewer is not null then '' else o.name end,
           case when o.state = 'active' and p.viewer is null and r.state <> 'closed'
                     and (o.listed = 1 or o.author = 1 or o.role <> 'member')
                then o.public_id end,
           case when o.state = 'active' and p.viewer is null and r.state <> 'closed'
                then o.public_id end,
           case when r.sender is null and r.guest_name <> '' then 1 else 0 end,
           r.guest_email, r.language,
           case when o.id is not null and (o.state <> 'active' or p.viewer is not null)
                then 'closed' else r.state end,
           r.written_at, r.read_at, r.changed_at
    from reach_outs r
    left join members o on o.id = case when r.recipient = :viewer then r.sender
                                       else r.recipient end
    left join separations p on p.viewer = :viewer and p.other = o.id
    where (r.recipient = :viewer or r.sender = :viewer) and r.state <> 'waiting_for_email'
    order by r.changed_at desc, r.id desc limit :at_most)";

std::vector<ReachOutRow> list_reach_outs(database::Read& read, Viewer const& viewer) {
    return database::rows<ReachOutRow>(read, of_viewer, bind("viewer", viewer.member),
                                       bind("at_most", limits::reach_outs_listed_max));
}

// As after the erasure, the words of whoever is being erased are gone for the other.
constexpr Sql letters = R"(
    select l.by_recipient,
           case when w.state = 'erasing' and w.id <> :viewer then '' else l.html end,
           l.written_at
    from reach_out_letters l
    join reach_outs r on r.id = l.reach_out
    left join members w on w.id = case when l.by_recipient = 1 then r.recipient
                                       else r.sender end
    where l.reach_out = :reach_out
      and (r.recipient = :viewer or r.sender = :viewer or r.sender is null)
    order by l.id)";

std::vector<LetterRow> letters_of(database::Read& read, Viewer const& viewer,
                                  ReachOutRow const& reach_out) {
    return database::rows<LetterRow>(read, letters, bind("reach_out", reach_out.id),
                                     bind("viewer", viewer.member));
}

constexpr Sql waiting = R"(
    select count(*) from reach_outs r
    left join members o on o.id = r.sender
    where r.recipient = :viewer and r.state in ('received', 'read')
      and (o.id is null or o.state = 'active')
      and not exists (select 1 from separations s
                      where s.viewer = :viewer and s.other = r.sender))";

std::int64_t count_waiting(database::Read& read, Viewer const& viewer) {
    return database::number(read, waiting, bind("viewer", viewer.member));
}

constexpr Sql answered = R"(
    select r.public_id from reach_outs r
    join members o on o.id = r.recipient
    where r.sender = :viewer and r.state = 'answered' and r.answered_at > :since
      and o.state = 'active'
      and not exists (select 1 from separations s
                      where s.viewer = :viewer and s.other = r.recipient)
    order by r.answered_at)";

std::vector<PublicId> answered_since(database::Read& read, Viewer const& viewer, Time since) {
    return database::rows<PublicId>(read, answered, bind("viewer", viewer.member),
                                    bind("since", since));
}

constexpr Sql insert = R"(
    insert into reach_outs (public_id, recipient, sender, guest_name, guest_email, language,
                            essay, state, idempotency_key, written_at, read_at, answered_at,
                            changed_at)
    values (:public_id, :recipient, :sender, :guest_name, :guest_email, :language, :essay,
            :state, :idempotency_key, :at, null, null, :at)
    on conflict do nothing
    returning id)";

std::optional<Id<ReachOut>> insert_reach_out(database::Write& write, ReachOutToAdd const& add) {
    return database::maybe<Id<ReachOut>>(
        write, insert, bind("public_id", add.public_id), bind("recipient", add.recipient),
        bind("sender", add.sender), bind("guest_name", add.guest_name),
        bind("guest_email", add.guest_email), bind("language", add.language),
        bind("essay", add.essay), bind("state", add.state),
        bind("idempotency_key", add.idempotency_key), bind("at", add.at));
}

constexpr Sql add_letter = R"(
    insert into reach_out_letters (reach_out, by_recipient, html, markdown, written_at,
                                   idempotency_key)
    values (:reach_out, :by_recipient, :html, :markdown, :at, :idempotency_key)
    on conflict do nothing)";

bool insert_letter(database::Write& write, Id<ReachOut> reach_out, WrittenBy by,
                   LetterWords const& words, Time at,
                   std::optional<std::string> const& idempotency_key) {
    auto const added = database::execute(write, add_letter, bind("reach_out", reach_out),
                                         bind("by_recipient", by == WrittenBy::recipient),
                                         bind("html", words.html), bind("markdown", words.markdown),
                                         bind("at", at), bind("idempotency_key", idempotency_key));
    return added > 0;
}

constexpr Sql add_link = R"(
    insert into reach_out_links (token_hash, reach_out, expires_at)
    values (:token_hash, :reach_out, :expires_at))";

void insert_link(database::Write& write, Id<ReachOut> reach_out, std::string_view token_hash,
                 Time expires_at) {
    database::execute(write, add_link, bind("token_hash", token_hash), bind("reach_out", reach_out),
                      bind("expires_at", expires_at));
}

constexpr Sql set_state = R"(
    update reach_outs set
        read_at = case when :state in ('read', 'answered') then :at else read_at end,
        answered_at = case when :state = 'answered' then :at else answered_at end,
        guest_email = case when :state = 'closed' then null else guest_email end,
        changed_at = case when :state in ('read', 'closed') then changed_at else :at end,
        state = :state
    where id = :reach_out and state <> 'closed')";

void change_state(database::Write& write, Id<ReachOut> reach_out, LetterState state, Time at) {
    database::execute(write, set_state, bind("state", state), bind("at", at),
                      bind("reach_out", reach_out));
}

constexpr Sql set_read = R"(
    update reach_outs set read_at = :at where id = :reach_out and state <> 'closed')";

void note_read(database::Write& write, Id<ReachOut> reach_out, Time at) {
    database::execute(write, set_read, bind("at", at), bind("reach_out", reach_out));
}

}  // namespace kith::essays
