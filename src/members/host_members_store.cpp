#include "members/host_members.hpp"

namespace kith::members {

using database::bind;
using database::Sql;

// A part of a name is looked for without patterns: '%' and '_' are letters like any other.
constexpr Sql listed{{
    .sqlite = R"(
    select m.id, m.public_id, m.name, m.role, m.state, m.writes_essays,
           case when m.avatar is null then 0 else 1 end, m.joined_at, lower(m.name)
    from members m
    where m.state <> 'erased' and :host = 1
      and (:role = '' or m.role = :role) and (:state = '' or m.state = :state)
      and (:name = '' or instr(lower(m.name), lower(:name)) > 0)
      and (:after = 0 or (lower(m.name), m.id) > (:after_name, :after))
      and not exists (select 1 from separations s where s.viewer = :viewer and s.other = m.id)
    order by lower(m.name), m.id limit :at_most)",
    .postgres = R"(
    select m.id, m.public_id, m.name, m.role, m.state, m.writes_essays,
           case when m.avatar is null then 0 else 1 end, m.joined_at, lower(m.name)
    from members m
    where m.state <> 'erased' and :host = 1
      and (:role = '' or m.role = :role) and (:state = '' or m.state = :state)
      and (:name = '' or strpos(lower(m.name), lower(:name)) > 0)
      and (:after = 0 or (lower(m.name), m.id) > (:after_name, :after))
      and not exists (select 1 from separations s where s.viewer = :viewer and s.other = m.id)
    order by lower(m.name), m.id limit :at_most)",
}};

namespace {

/// As the database writes it; empty for no choice.
template <class Choice>
std::string written(std::optional<Choice> const& choice) {
    std::string text;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Choice>>([&](auto each) {
        if (choice == each.value) text = each.name;
    });
    return text;
}

}  // namespace

std::vector<HostMemberRow> members_for_host(database::Read& read, Viewer const& viewer,
                                            MembersFilter const& filter, Seal::Place const& after,
                                            std::size_t at_most) {
    return database::rows<HostMemberRow>(
        read, listed, bind("host", viewer.at_least(Role::host)), bind("role", written(filter.role)),
        bind("state", written(filter.state)), bind("name", filter.name),
        bind("after", after.position), bind("after_name", after.words),
        bind("viewer", viewer.member), bind("at_most", at_most));
}

constexpr Sql one_for_host = R"(
    select m.id, m.public_id, m.name, m.pronouns, m.about, m.role, m.state, m.language, m.zone,
           m.theme, m.plain_letters, m.discreet, m.listed, m.avatar, m.joined_at,
           m.agreement_version, m.invited_by, m.writes_essays
    from members m
    where m.public_id = :id and m.state <> 'erased' and :host = 1
      and not exists (select 1 from separations s where s.viewer = :viewer and s.other = m.id))";

std::optional<MemberRow> member_for_host(database::Read& read, Viewer const& viewer,
                                         PublicId const& id) {
    return database::maybe<MemberRow>(read, one_for_host, bind("id", id),
                                      bind("host", viewer.at_least(Role::host)),
                                      bind("viewer", viewer.member));
}

constexpr Sql count_hosts = R"(
    select count(*) from members
    where role = 'host' and state = 'active' and id <> :member and :host = 1)";

std::int64_t other_hosts(database::Read& read, Viewer const& viewer, Id<Member> member) {
    return database::number(read, count_hosts, bind("member", member),
                            bind("host", viewer.at_least(Role::host)));
}

constexpr Sql change_essays = "update members set writes_essays = :may where id = :member";

void set_writes_essays(database::Write& write, Id<Member> member, bool may) {
    database::execute(write, change_essays, bind("may", may), bind("member", member));
}

}  // namespace kith::members
