#include "base/limits.hpp"
#include "base/text.hpp"
#include "members/community.hpp"
#include "members/members.hpp"
#include "members/search_store.hpp"
#include "members/sessions.hpp"

namespace kith::members {

using database::bind;
using database::Sql;

constexpr Sql add = R"(
    insert into members (public_id, name, pronouns, about, role, state, email, email_confirmed_at,
                         password_hash, language, zone, theme, plain_letters, discreet, listed,
                         avatar, joined_at, agreement_version, invited_by, writes_essays)
    values (:public_id, :name, :pronouns, '', :role, 'active', :email, :email_confirmed_at,
            :password_hash, :language, :zone, '', 0, 0, 0,
            null, :joined_at, :agreement_version, :invited_by, :writes_essays)
    returning id)";

Id<Member> add_member(database::Write& write, NewMember const& member) {
    std::optional<std::string> email;
    if (member.email) email = lower_ascii(*member.email);
    auto const id = database::scalar<Id<Member>>(
        write, add, bind("public_id", member.public_id), bind("name", member.name),
        bind("pronouns", member.pronouns), bind("role", member.role), bind("email", email),
        bind("email_confirmed_at", member.email_confirmed_at),
        bind("password_hash", member.password_hash), bind("language", member.language),
        bind("zone", member.zone), bind("joined_at", member.joined_at),
        bind("agreement_version", member.agreement_version), bind("invited_by", member.invited_by),
        bind("writes_essays", member.writes_essays));
    index_member(write, id);
    return id;
}

constexpr Sql visible_by_public_id = R"(
    select id, public_id, name, pronouns, about, role, state, language, zone, theme,
           plain_letters, discreet, listed, avatar, joined_at, agreement_version, invited_by,
           writes_essays
    from members m
    where m.public_id = :public_id
      and (:sees_all = 1 or (m.id = :viewer and m.state in ('active', 'erasing'))
           or (:viewer > 0 and m.state = 'active'
               and (m.listed = 1 or m.author = 1 or m.role <> 'member'
                    or exists (select 1 from bond_pages b
                               where b.viewer = :viewer and b.other = m.id))
               and not exists (select 1 from separations s
                               where s.viewer = :viewer and s.other = m.id))))";

std::optional<MemberRow> find_member(database::Read& read, Viewer const& viewer,
                                     PublicId const& id) {
    return database::maybe<MemberRow>(read, visible_by_public_id, bind("public_id", id),
                                      bind("sees_all", viewer.is_server()),
                                      bind("viewer", viewer.member));
}

constexpr Sql visible_by_id = R"(
    select id, public_id, name, pronouns, about, role, state, language, zone, theme,
           plain_letters, discreet, listed, avatar, joined_at, agreement_version, invited_by,
           writes_essays
    from members m
    where m.id = :id
      and (:sees_all = 1 or (m.id = :viewer and m.state in ('active', 'erasing'))
           or (:viewer > 0 and m.state = 'active'
               and (m.listed = 1 or m.author = 1 or m.role <> 'member'
                    or exists (select 1 from bond_pages b
                               where b.viewer = :viewer and b.other = m.id))
               and not exists (select 1 from separations s
                               where s.viewer = :viewer and s.other = m.id))))";

std::optional<MemberRow> member_by_id(database::Read& read, Viewer const& viewer, Id<Member> id) {
    return database::maybe<MemberRow>(read, visible_by_id, bind("id", id),
                                      bind("sees_all", viewer.is_server()),
                                      bind("viewer", viewer.member));
}

constexpr Sql account_by_id = R"(
    select id, public_id, name, role, state, language, email, email_confirmed_at, password_hash
    from members where id = :id and (:sees_all = 1 or id = :viewer))";

std::optional<Account> account_of(database::Read& read, Viewer const& viewer, Id<Member> id) {
    return database::maybe<Account>(read, account_by_id, bind("id", id),
                                    bind("sees_all", viewer.is_server()),
                                    bind("viewer", viewer.member));
}

std::string language_of(database::Read& read, Account const& account) {
    // Asked for each time: a member's choice isn't to be told by what a deed costs.
    auto const house = community(read);
    return account.language.empty() ? house.language : account.language;
}

constexpr Sql with_email_or_id = R"(
    select id, public_id, name, role, state, language, email, email_confirmed_at, password_hash
    from members
    where (email = :email or public_id = :id) and password_hash is not null
      and state in ('active', 'erasing') and :sees_all = 1
    order by case when public_id = :id then 0 when email_confirmed_at is null then 2 else 1 end, id
    limit :at_most)";

constexpr Sql with_name = R"(
    select id, public_id, name, role, state, language, email, email_confirmed_at, password_hash
    from members
    where lower(name) = lower(:name) and password_hash is not null
      and state in ('active', 'erasing') and :sees_all = 1
    order by id limit :at_most)";

std::vector<Account> accounts_called(database::Read& read, Viewer const& viewer,
                                     std::string_view name_or_email) {
    // Someone may have an '@' in their name: both are asked, what can only be one's own first.
    auto found =
        database::rows<Account>(read, with_email_or_id, bind("email", lower_ascii(name_or_email)),
                                bind("id", name_or_email), bind("sees_all", viewer.is_server()),
                                bind("at_most", limits::sign_in_candidates_max));
    for (auto& named : database::rows<Account>(read, with_name, bind("name", name_or_email),
                                               bind("sees_all", viewer.is_server()),
                                               bind("at_most", limits::sign_in_candidates_max))) {
        if (found.size() < limits::sign_in_candidates_max) found.push_back(std::move(named));
    }
    return found;
}

// An address that was never confirmed gets a link only where it is the account's one way in:
// else whoever typed it at joining could be signed in by its true owner.
constexpr Sql for_link = R"(
    select id, public_id, name, role, state, language, email, email_confirmed_at, password_hash
    from members
    where email = :email and state in ('active', 'erasing') and :sees_all = 1
      and (email_confirmed_at is not null or password_hash is null)
    order by case when email_confirmed_at is null then 1 else 0 end, id desc
    limit 1)";

std::optional<Account> account_for_link(database::Read& read, Viewer const& viewer,
                                        std::string_view email) {
    return database::maybe<Account>(read, for_link, bind("email", lower_ascii(email)),
                                    bind("sees_all", viewer.is_server()));
}

constexpr Sql change_password = "update members set password_hash = :hash where id = :member";

void set_password(database::Write& write, Id<Member> member,
                  std::optional<std::string> const& password_hash) {
    database::execute(write, change_password, bind("hash", password_hash), bind("member", member));
}

constexpr Sql change_email = R"(
    update members set email = :email, email_confirmed_at = :now
    where id = :member and not exists (
        select 1 from members other
        where other.email = :email and other.email_confirmed_at is not null
          and other.id <> :member))";
constexpr Sql remove_email = R"(
    update members set email = null, email_confirmed_at = null where id = :member)";

bool set_confirmed_email(database::Write& write, Id<Member> member,
                         std::optional<std::string> const& email, Time now) {
    if (!email) return database::execute(write, remove_email, bind("member", member)) == 1;
    return database::execute(write, change_email, bind("email", lower_ascii(*email)),
                             bind("now", now), bind("member", member)) == 1;
}

constexpr Sql accept = R"(
    update members set agreement_version = :version
    where id = :member and agreement_version < :version)";

void accept_agreement(database::Write& write, Id<Member> member, std::int64_t version) {
    database::execute(write, accept, bind("version", version), bind("member", member));
}

constexpr Sql change_role = "update members set role = :role where id = :member";

void set_role(web::Site& site, database::Write& write, Id<Member> member, Role role) {
    end_streams_after(site, write, member);
    database::execute(write, change_role, bind("role", role), bind("member", member));
    index_member(write, member);
}

constexpr Sql change_state = "update members set state = :state where id = :member";

void set_state(web::Site& site, database::Write& write, Id<Member> member, MemberState state) {
    database::execute(write, change_state, bind("state", state), bind("member", member));
    index_member(write, member);
    if (state == MemberState::disabled || state == MemberState::erased)
        end_all_sessions(site, write, member);
}

constexpr Sql count_any = "select count(*) from (select 1 from members limit 1) as found";

bool any_member(database::Read& read) { return database::number(read, count_any) > 0; }

}  // namespace kith::members
