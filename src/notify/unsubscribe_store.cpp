#include "notify/unsubscribe_store.hpp"

namespace kith::notify {
namespace {

using database::bind;
using database::execute;
using database::Sql;

constexpr Sql add =
    "insert into unsubscribe_links (token_hash, member, made_at) values (:token_hash, :member, "
    ":now)";
constexpr Sql member_of = R"(
    select u.member from unsubscribe_links u join members m on m.id = u.member
    where u.token_hash = :token_hash and m.state = 'active')";
constexpr Sql forget = "delete from unsubscribe_links where made_at < :before";
constexpr Sql erase = "delete from unsubscribe_links where member = :member";

}  // namespace

void add_unsubscribe_link(database::Write& write, std::string_view token_hash, Id<Member> member,
                          Time now) {
    execute(write, add, bind("token_hash", token_hash), bind("member", member), bind("now", now));
}

std::optional<Id<Member>> member_of_link(database::Read& read, Viewer const&,
                                         std::string_view token_hash) {
    return database::maybe<Id<Member>>(read, member_of, bind("token_hash", token_hash));
}

void forget_unsubscribe_links(database::Write& write, Time before) {
    execute(write, forget, bind("before", before));
}

void erase_unsubscribe_links(database::Write& write, Id<Member> member) {
    execute(write, erase, bind("member", member));
}

}  // namespace kith::notify
