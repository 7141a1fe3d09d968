#include "members/account_deeds.hpp"

#include "members/host_members.hpp"
#include "members/sessions.hpp"
#include "members/sign_in_links.hpp"
#include "web/audit.hpp"

namespace kith::members {
namespace {

std::string_view role_change(Role role) {
    switch (role) {
        case Role::guide: return "role guide";
        case Role::steward: return "role steward";
        case Role::host: return "role host";
        case Role::stranger:
        case Role::member: break;
    }
    return "role member";
}

void keep_a_host(database::Write& write, Viewer const& by, MemberRow const& member) {
    if (is_last_host(write, by, member)) throw Refusal::conflict("members.last_host");
}

}  // namespace

void note_deed(web::Site& site, database::Write& write, Viewer const& by, std::string_view what,
               Id<Member> member) {
    auto const who = by.is_server() ? std::string("server") : web::audit_mark(site.seal, by.member);
    web::note_audit(write, site.now(), what, who, web::audit_mark(site.seal, member));
}

Id<Member> add_member_by_host(web::Site& site, database::Write& write, NewMember const& member) {
    auto const id = add_member(write, member);
    note_deed(site, write, Viewer::server(), "member added", id);
    if (member.role != Role::member)
        note_deed(site, write, Viewer::server(), role_change(member.role), id);
    return id;
}

bool is_last_host(database::Read& read, Viewer const& viewer, MemberRow const& member) {
    return member.role == Role::host && member.state == MemberState::active &&
           other_hosts(read, viewer, member.id) == 0;
}

void give_role(web::Site& site, database::Write& write, Viewer const& by, MemberRow const& member,
               Role role) {
    if (role == member.role) return;
    keep_a_host(write, by, member);
    set_role(site, write, member.id, role);
    end_all_sessions(site, write, member.id);
    note_deed(site, write, by, role_change(role), member.id);
}

void disable_or_enable(web::Site& site, database::Write& write, Viewer const& by,
                       MemberRow const& member, MemberState state) {
    if (state == member.state) return;
    bool const known = member.state == MemberState::active || member.state == MemberState::disabled;
    if (!known) throw Refusal::conflict("members.being_erased");
    if (state == MemberState::disabled) keep_a_host(write, by, member);
    set_state(site, write, member.id, state);
    void_links(write, member.id);
    note_deed(site, write, by, state == MemberState::disabled ? "disabled" : "enabled", member.id);
}

void let_write_essays(web::Site& site, database::Write& write, Viewer const& by,
                      MemberRow const& member, bool may) {
    if (may == member.writes_essays) return;
    set_writes_essays(write, member.id, may);
    note_deed(site, write, by, may ? "may write essays" : "may not write essays", member.id);
}

}  // namespace kith::members
