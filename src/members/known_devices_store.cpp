#include "base/limits.hpp"
#include "members/known_devices.hpp"

namespace kith::members {

using database::bind;
using database::Sql;

namespace {

std::string hash_of(web::Site const& site, std::string_view token) {
    return site.seal.hash("known device", token);
}

struct DeviceRow {
    Id<KnownDevice> id;
    Id<Member> member;
};
BOOST_DESCRIBE_STRUCT(DeviceRow, (), (id, member))

}  // namespace

constexpr Sql by_token = R"(
    select id, member from known_devices where token_hash = :token_hash and seen_at > :since)";

std::optional<Id<KnownDevice>> known_device(web::Site& site, database::Read& read,
                                            std::string_view token,
                                            std::vector<Account> const& accounts) {
    if (token.empty()) return std::nullopt;
    auto const row =
        database::maybe<DeviceRow>(read, by_token, bind("token_hash", hash_of(site, token)),
                                   bind("since", site.now() - limits::known_device_age_max));
    for (auto const& account : accounts)
        if (row && row->member == account.id) return row->id;
    return std::nullopt;
}

constexpr Sql forget_token = "delete from known_devices where token_hash = :token_hash";
constexpr Sql add = R"(
    insert into known_devices (token_hash, member, seen_at) values (:token_hash, :member, :now))";
constexpr Sql keep_latest = R"(
    delete from known_devices where member = :member and id not in (
        select id from known_devices where member = :member
        order by seen_at desc, id desc limit :at_most))";

std::string know_device(web::Site& site, database::Write& write, Id<Member> member,
                        std::string_view token) {
    database::execute(write, forget_token, bind("token_hash", hash_of(site, token)));
    auto fresh = make_token(site.random);
    database::execute(write, add, bind("token_hash", hash_of(site, fresh)), bind("member", member),
                      bind("now", site.now()));
    database::execute(write, keep_latest, bind("member", member),
                      bind("at_most", limits::known_devices_max));
    return fresh;
}

constexpr Sql count = "select count(*) from known_devices where member = :member";

std::int64_t known_devices(database::Read& read, Viewer const& viewer) {
    return database::number(read, count, bind("member", viewer.member));
}

constexpr Sql forget_others = R"(
    delete from known_devices where member = :member and token_hash <> :token_hash)";

void forget_devices_but(web::Site& site, database::Write& write, Id<Member> member,
                        std::string_view token) {
    database::execute(write, forget_others, bind("member", member),
                      bind("token_hash", hash_of(site, token)));
}

constexpr Sql forget_of_member = "delete from known_devices where member = :member";
constexpr Sql forget_before = "delete from known_devices where seen_at < :before";

void forget_devices(database::Write& write, Id<Member> member) {
    database::execute(write, forget_of_member, bind("member", member));
}

void sweep_devices(database::Write& write, Time before) {
    database::execute(write, forget_before, bind("before", before));
}

}  // namespace kith::members
