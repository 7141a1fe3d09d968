#include "letters/keys_store.hpp"

namespace kith::letters {
namespace {

using database::bind;
using database::execute;
using database::maybe;
using database::Sql;

constexpr Sql own = R"(
    select recipient, verify_key, proof, by_passphrase, by_code, made_at
    from letter_keys where member = :viewer and :viewer > 0)";
constexpr Sql public_key = R"(
    select k.recipient, k.verify_key, k.proof from letter_keys k
    where k.member = :member
      and exists (select 1 from bond_pages b where b.viewer = :viewer and b.other = k.member))";
constexpr Sql keep = R"(
    insert into letter_keys (member, recipient, verify_key, proof, by_passphrase, by_code, made_at)
    values (:viewer, :recipient, :verify_key, :proof, :by_passphrase, :by_code, :made_at)
    on conflict (member) do update set recipient = excluded.recipient,
        verify_key = excluded.verify_key, proof = excluded.proof,
        by_passphrase = excluded.by_passphrase, by_code = excluded.by_code,
        made_at = excluded.made_at)";
constexpr Sql drop_notes = "delete from letter_notes where member = :viewer";
constexpr Sql rewrap = R"(
    update letter_keys set by_passphrase = coalesce(nullif(:by_passphrase, ''), by_passphrase),
        by_code = coalesce(nullif(:by_code, ''), by_code)
    where member = :viewer and recipient = :recipient and verify_key = :verify_key)";

constexpr Sql notes_of =
    "select version, sealed from letter_notes where member = :viewer and :viewer > 0";
constexpr Sql first_notes = R"(
    insert into letter_notes (member, version, sealed) values (:viewer, :version, :sealed)
    on conflict (member) do nothing)";
constexpr Sql next_notes = R"(
    update letter_notes set version = :version, sealed = :sealed
    where member = :viewer and version = :before)";

}  // namespace

std::optional<OwnKeys> own_keys(database::Read& read, Viewer const& viewer) {
    return maybe<OwnKeys>(read, own, bind("viewer", viewer.member));
}

std::optional<PublicKey> key_of(database::Read& read, Viewer const& viewer, Id<Member> member) {
    return maybe<PublicKey>(read, public_key, bind("viewer", viewer.member),
                            bind("member", member));
}

void keep_keys(database::Write& write, Viewer const& viewer, OwnKeys const& keys) {
    execute(write, keep, bind("viewer", viewer.member), bind("recipient", keys.recipient),
            bind("verify_key", keys.verify_key), bind("proof", keys.proof),
            bind("by_passphrase", keys.by_passphrase), bind("by_code", keys.by_code),
            bind("made_at", keys.made_at));
    execute(write, drop_notes, bind("viewer", viewer.member));
}

bool rewrap_keys(database::Write& write, Viewer const& viewer, OwnKeys const& keys) {
    return execute(write, rewrap, bind("viewer", viewer.member),
                   bind("by_passphrase", keys.by_passphrase), bind("by_code", keys.by_code),
                   bind("recipient", keys.recipient), bind("verify_key", keys.verify_key)) == 1;
}

Notes own_notes(database::Read& read, Viewer const& viewer) {
    return maybe<Notes>(read, notes_of, bind("viewer", viewer.member)).value_or(Notes{});
}

bool keep_notes(database::Write& write, Viewer const& viewer, Notes const& notes) {
    auto const viewer_is = [&] { return bind("viewer", viewer.member); };
    if (notes.version == 1)
        return execute(write, first_notes, viewer_is(), bind("version", notes.version),
                       bind("sealed", notes.sealed)) == 1;
    return execute(write, next_notes, viewer_is(), bind("version", notes.version),
                   bind("sealed", notes.sealed), bind("before", notes.version - 1)) == 1;
}

}  // namespace kith::letters
