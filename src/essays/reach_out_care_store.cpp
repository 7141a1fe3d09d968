// The offers that people make before they are written to, and what becomes of old letters.
#include "base/limits.hpp"
#include "essays/reach_out_store.hpp"

namespace kith::essays {

using database::bind;
using database::Sql;

Offer Recipient::offer() const {
    std::optional<Offer> said;
    if (takes_letters)
        said = {*takes_letters, *takes_guests, *when_read, *answer_days, *languages, *expect};
    return effective_offer(role, std::move(said));
}

constexpr Sql author = R"(
    select m.id, m.public_id, m.name, m.role, case when m.avatar is null then 0 else 1 end,
           m.listed + m.author, o.takes_letters, o.takes_guests, o.when_read, o.answer_days,
           o.languages, o.expect
    from members m
    left join reach_out_offers o on o.member = m.id
    where m.id = :id and m.state = 'active'
      and not exists (select 1 from separations s where s.viewer = :viewer and s.other = m.id))";

std::optional<Recipient> find_author(database::Read& read, Viewer const& viewer, Id<Member> id) {
    return database::maybe<Recipient>(read, author, bind("id", id), bind("viewer", viewer.member));
}

// The same members as members::find_member shows; a stranger can find who leads.
constexpr Sql recipient = R"(
    select m.id, m.public_id, m.name, m.role, case when m.avatar is null then 0 else 1 end,
           m.listed + m.author, o.takes_letters, o.takes_guests, o.when_read, o.answer_days,
           o.languages, o.expect
    from members m
    left join reach_out_offers o on o.member = m.id
    where m.public_id = :id and m.state = 'active'
      and (m.role <> 'member' or (:viewer > 0 and (m.listed = 1 or m.author = 1)))
      and not exists (select 1 from separations s where s.viewer = :viewer and s.other = m.id))";

std::optional<Recipient> find_recipient(database::Read& read, Viewer const& viewer,
                                        PublicId const& id) {
    return database::maybe<Recipient>(read, recipient, bind("id", id),
                                      bind("viewer", viewer.member));
}

constexpr Sql offer_of = R"(
    select takes_letters, takes_guests, when_read, answer_days, languages, expect
    from reach_out_offers where member = :viewer)";

std::optional<Offer> own_offer(database::Read& read, Viewer const& viewer) {
    return database::maybe<Offer>(read, offer_of, bind("viewer", viewer.member));
}

constexpr Sql put_offer = R"(
    insert into reach_out_offers (member, takes_letters, takes_guests, when_read, answer_days,
                                  languages, expect, changed_at)
    values (:member, :takes_letters, :takes_guests, :when_read, :answer_days, :languages,
            :expect, :at)
    on conflict (member) do update set
        takes_letters = excluded.takes_letters, takes_guests = excluded.takes_guests,
        when_read = excluded.when_read, answer_days = excluded.answer_days,
        languages = excluded.languages, expect = excluded.expect,
        changed_at = excluded.changed_at)";

void keep_offer(database::Write& write, Id<Member> member, Offer const& offer, Time at) {
    database::execute(write, put_offer, bind("member", member),
                      bind("takes_letters", offer.takes_letters),
                      bind("takes_guests", offer.takes_guests), bind("when_read", offer.when_read),
                      bind("answer_days", offer.answer_days), bind("languages", offer.languages),
                      bind("expect", offer.expect), bind("at", at));
}

constexpr Sql end_links = "delete from reach_out_links where expires_at <= :now";
constexpr Sql close_left = R"(
    update reach_outs set state = 'closed', guest_email = null
    where sender is null and guest_email is not null and changed_at <= :before)";
constexpr Sql unconfirmed_letters = R"(
    delete from reach_out_letters where reach_out in (
        select id from reach_outs where state = 'waiting_for_email' and changed_at <= :before))";
constexpr Sql unconfirmed_links = R"(
    delete from reach_out_links where reach_out in (
        select id from reach_outs where state = 'waiting_for_email' and changed_at <= :before))";
constexpr Sql unconfirmed =
    "delete from reach_outs where state = 'waiting_for_email' and changed_at <= :before";

void tidy_reach_outs(database::Write& write, Time now) {
    auto const asked = now - limits::reach_out_confirmation_age_max;
    database::execute(write, unconfirmed_letters, bind("before", asked));
    database::execute(write, unconfirmed_links, bind("before", asked));
    database::execute(write, unconfirmed, bind("before", asked));
    database::execute(write, end_links, bind("now", now));
    database::execute(write, close_left, bind("before", now - limits::reach_out_address_age_max));
}

constexpr Sql erase_own_words = R"(
    update reach_out_letters set html = '', markdown = ''
    where (by_recipient = 0 and reach_out in (select id from reach_outs where sender = :member))
       or (by_recipient = 1 and reach_out in (select id from reach_outs
                                              where recipient = :member)))";
constexpr Sql close_all = R"(
    update reach_outs set state = 'closed', guest_email = null
    where sender = :member or recipient = :member)";
constexpr Sql erase_offer = "delete from reach_out_offers where member = :member";

void erase_reach_outs(database::Write& write, Id<Member> member) {
    database::execute(write, erase_own_words, bind("member", member));
    database::execute(write, close_all, bind("member", member));
    database::execute(write, erase_offer, bind("member", member));
}

constexpr Sql by_member = R"(
    select l.markdown, l.written_at
    from reach_out_letters l
    join reach_outs r on r.id = l.reach_out
    where ((l.by_recipient = 0 and r.sender = :member)
           or (l.by_recipient = 1 and r.recipient = :member))
      and (:viewer = -1 or :viewer = :member)
    order by l.id)";

std::vector<OwnLetter> letters_by(database::Read& read, Viewer const& viewer, Id<Member> member) {
    return database::rows<OwnLetter>(read, by_member, bind("member", member),
                                     bind("viewer", viewer.member));
}

}  // namespace kith::essays
