#include "members/erasure_store.hpp"

#include "base/limits.hpp"
#include "members/search_store.hpp"
#include "members/sessions.hpp"
#include "members/sign_in_links.hpp"

namespace kith::members {

using database::bind;
using database::Sql;

constexpr Sql begin = R"(
    update members set state = 'erasing', erase_at = :at where id = :member and state = 'active')";

void begin_erasing(web::Site& site, database::Write& write, Id<Member> member, Time at) {
    database::execute(write, begin, bind("at", at), bind("member", member));
    index_member(write, member);
    end_all_sessions(site, write, member);
    void_links(write, member);
}

constexpr Sql stay = R"(
    update members set state = 'active', erase_at = null
    where id = :member and state = 'erasing')";

bool come_back(database::Write& write, Id<Member> member) {
    bool const stays = database::execute(write, stay, bind("member", member)) == 1;
    index_member(write, member);
    return stays;
}

constexpr Sql when = R"(
    select erase_at from members
    where id = :member and state = 'erasing' and erase_at is not null)";

std::optional<Time> erased_from(database::Read& read, Viewer const& viewer) {
    return database::maybe<Time>(read, when, bind("member", viewer.member));
}

constexpr Sql due = R"(
    select id from members
    where state = 'erasing' and erase_at <= :now and :sees_all = 1
    order by erase_at, id limit :at_most)";

std::vector<Id<Member>> members_to_erase(database::Read& read, Viewer const& viewer, Time now) {
    return database::rows<Id<Member>>(read, due, bind("now", now),
                                      bind("sees_all", viewer.is_server()),
                                      bind("at_most", limits::erasures_at_once));
}

constexpr Sql wipe = R"(
    update members set public_id = :new_id, name = '', pronouns = '', about = '',
        role = 'member', state = 'erased', email = null, email_confirmed_at = null,
        password_hash = null, language = '', zone = '', theme = '', plain_letters = 0,
        discreet = 0, listed = 0, avatar = null, joined_at = 0, agreement_version = 0,
        invited_by = null, writes_essays = 0, author = 0, erase_at = null
    where id = :member)";

void wipe_member(database::Write& write, Id<Member> member, PublicId const& new_id) {
    database::execute(write, wipe, bind("new_id", new_id), bind("member", member));
    index_member(write, member);
}

}  // namespace kith::members
