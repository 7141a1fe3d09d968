#include "bonds/erasure_store.hpp"

namespace kith::bonds {
namespace {

using database::Sql;

constexpr Sql erase_given = "delete from bonds where member = :member or other = :member";
constexpr Sql erase_offers = "delete from bond_offers where member = :member or other = :member";
constexpr Sql erase_made = "delete from offers_made where member = :member";
constexpr Sql erase_consents =
    "delete from bond_consents where member = :member or other = :member";
constexpr Sql erase_rest = "delete from rests where member = :member";
constexpr Sql erase_dial = "delete from openness where member = :member";
constexpr Sql erase_hellos =
    "delete from hello_notes where sender = :member or recipient = :member";
constexpr Sql erase_small_steps = "delete from small_steps where member = :member";
constexpr Sql erase_pace = "delete from paces where member = :member";

}  // namespace

void erase_bonds(database::Write& write, Id<Member> member) {
    for (auto const& sql : {erase_given, erase_offers, erase_made, erase_consents, erase_rest,
                            erase_dial, erase_pace, erase_hellos, erase_small_steps})
        database::execute(write, sql, database::bind("member", member));
}

}  // namespace kith::bonds
