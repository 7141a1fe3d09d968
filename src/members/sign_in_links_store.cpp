#include "base/limits.hpp"
#include "members/imported.hpp"
#include "members/sign_in_links.hpp"

namespace kith::members {

using database::bind;
using database::Sql;

constexpr Sql add = R"(
    insert into sign_in_links (token_hash, member, purpose, email, made_at, expires_at)
    values (:token_hash, :member, :purpose, :email, :made_at, :expires_at))";

namespace {

std::string write_link(web::Site& site, database::Write& write, std::optional<Id<Member>> member,
                       LinkPurpose purpose, std::optional<std::string> const& email,
                       std::chrono::seconds age) {
    auto token = make_token(site.random);
    database::execute(write, add, bind("token_hash", site.seal.hash("sign-in link", token)),
                      bind("member", member), bind("purpose", purpose), bind("email", email),
                      bind("made_at", site.now()), bind("expires_at", site.now() + age));
    return token;
}

std::chrono::seconds age_of(LinkPurpose purpose) {
    return purpose == LinkPurpose::sign_in ? std::chrono::seconds(limits::sign_in_link_age_max)
                                           : std::chrono::seconds(limits::email_link_age_max);
}

}  // namespace

std::string make_link_token(web::Site& site, database::Write& write, Id<Member> member,
                            LinkPurpose purpose, std::optional<std::string> const& email) {
    return write_link(site, write, member, purpose, email, age_of(purpose));
}

std::string make_link_to_nowhere(web::Site& site, database::Write& write) {
    return write_link(site, write, std::nullopt, LinkPurpose::sign_in, std::nullopt,
                      age_of(LinkPurpose::sign_in));
}

std::string make_sign_in_link(web::Site& site, database::Write& write, Id<Member> member) {
    return "/sign-in/link/" +
           make_link_token(site, write, member, LinkPurpose::sign_in, std::nullopt);
}

std::string make_imported_link(web::Site& site, database::Write& write, Id<Member> member) {
    return "/sign-in/link/" + write_link(site, write, member, LinkPurpose::sign_in, std::nullopt,
                                         imported_link_age_max);
}

constexpr Sql usable = R"(
    select l.id, l.member, l.email
    from sign_in_links l join members m on m.id = l.member
    where l.token_hash = :token_hash and l.purpose = :purpose and l.used_at is null
      and l.expires_at > :now and m.state in ('active', 'erasing'))";

std::optional<LinkRow> find_link(web::Site& site, database::Read& read, std::string_view token,
                                 LinkPurpose purpose) {
    return database::maybe<LinkRow>(read, usable,
                                    bind("token_hash", site.seal.hash("sign-in link", token)),
                                    bind("purpose", purpose), bind("now", site.now()));
}

constexpr Sql use = "update sign_in_links set used_at = :now where id = :link and used_at is null";

std::optional<LinkRow> use_link(web::Site& site, database::Write& write, std::string_view token,
                                LinkPurpose purpose) {
    auto link = find_link(site, write, token, purpose);
    if (!link) return std::nullopt;
    if (database::execute(write, use, bind("now", site.now()), bind("link", link->id)) != 1)
        return std::nullopt;
    return link;
}

constexpr Sql forget_of_member = "delete from sign_in_links where member = :member";
constexpr Sql forget_expired = "delete from sign_in_links where expires_at < :now";

void void_links(database::Write& write, Id<Member> member) {
    database::execute(write, forget_of_member, bind("member", member));
}

void sweep_links(database::Write& write, Time now) {
    database::execute(write, forget_expired, bind("now", now));
}

}  // namespace kith::members
