#include "base/limits.hpp"
#include "base/text.hpp"
#include "notify/bounces.hpp"

namespace kith::notify {
namespace {

using database::bind;
using database::execute;
using database::Sql;

/// A member's confirmed address and what it has refused.
struct AddressRow {
    Id<Member> member;
    Time confirmed_at{};
    std::optional<std::int64_t> refusals;
    std::optional<Time> refuses_since;

    [[nodiscard]] bool refuses() const { return refuses_since && *refuses_since > confirmed_at; }
};
BOOST_DESCRIBE_STRUCT(AddressRow, (), (member, confirmed_at, refusals, refuses_since))

constexpr Sql one_address = R"(
    select m.id, m.email_confirmed_at, r.refusals, r.refuses_since
    from members m left join refusing_addresses r on r.address = m.email
    where m.email = :address and m.email_confirmed_at is not null)";
constexpr Sql keep = R"(
    insert into refusing_addresses (address, refusals, refuses_since)
    values (:address, :refusals, :since)
    on conflict (address) do update
        set refusals = excluded.refusals, refuses_since = excluded.refuses_since)";
constexpr Sql taken =
    "delete from refusing_addresses where address = :address and refuses_since is null";
constexpr Sql forget = R"(
    delete from refusing_addresses
    where not exists (select 1 from members m where m.email = refusing_addresses.address))";
constexpr Sql erase = R"(
    delete from refusing_addresses
    where address = (select m.email from members m where m.id = :member))";

std::optional<AddressRow> find_address(database::Read& read, std::string const& address) {
    return database::maybe<AddressRow>(read, one_address, bind("address", lower_ascii(address)));
}

void begin_refusing(database::Write& write, web::Site& site, AddressRow const& row,
                    std::string const& address, std::int64_t refusals) {
    execute(write, keep, bind("address", lower_ascii(address)), bind("refusals", refusals),
            bind("since", std::optional(site.now())));
    web::Notice notice;
    notice.to = row.member;
    notice.kind = address_refuses_notice;
    notice.url = "/settings/sign-in";
    notice.about = "address";
    web::tell(write, site, std::move(notice));
}

}  // namespace

bool address_refuses(database::Read& read, Viewer const& viewer, std::string const& address) {
    auto const row = find_address(read, address);
    if (!row || (!viewer.is_server() && !viewer.is(row->member))) return false;
    return row->refuses();
}

void note_refused(database::Write& write, web::Site& site, std::string const& address) {
    auto const row = find_address(write, address);
    if (!row || row->refuses()) return;
    // What it refused before it was confirmed anew is another row.
    auto const before = row->refuses_since ? 0 : row->refusals.value_or(0);
    if (before + 1 >= limits::refusals_in_row_max)
        return begin_refusing(write, site, *row, address, before + 1);
    execute(write, keep, bind("address", lower_ascii(address)), bind("refusals", before + 1),
            bind("since", std::optional<Time>{}));
}

void note_taken(database::Write& write, std::string const& address) {
    execute(write, taken, bind("address", lower_ascii(address)));
}

bool note_bounced(database::Write& write, web::Site& site, std::string const& address) {
    auto const row = find_address(write, address);
    if (!row) return false;
    if (!row->refuses()) begin_refusing(write, site, *row, address, row->refusals.value_or(0) + 1);
    return true;
}

void forget_addresses(database::Write& write) { execute(write, forget); }

void erase_address_of(database::Write& write, Id<Member> member) {
    execute(write, erase, bind("member", member));
}

}  // namespace kith::notify
