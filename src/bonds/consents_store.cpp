#include "bonds/consents_store.hpp"

namespace kith::bonds {
namespace {

using database::bind;
using database::execute;
using database::Sql;

constexpr Sql given = R"(
    select kind, words from bond_consents
    where member = :viewer and other = :other and kind <> 'receipts' order by kind)";
constexpr Sql held = R"(
    select kind, words from bond_consents
    where member = :other and other = :viewer
      and ((kind = 'care' and :between >= 4) or (kind = 'contact' and :between >= 5))
    order by kind)";
constexpr Sql keep = R"(
    insert into bond_consents (member, other, kind, words, given_at)
    values (:viewer, :other, :kind, :words, :now)
    on conflict (member, other, kind) do update set words = excluded.words)";
constexpr Sql drop =
    "delete from bond_consents where member = :viewer and other = :other and kind = :kind";
constexpr Sql all_given = R"(
    select coalesce(b.name, ''), k.kind, k.words, k.given_at
    from bond_consents k left join bonds b on b.member = k.member and b.other = k.other
    where k.member = :viewer order by k.given_at, k.other, k.kind)";

}  // namespace

Step step_of(Consent consent) { return consent == Consent::contact ? Step::kin : Step::near; }

std::vector<ConsentRow> consents_given(database::Read& read, Viewer const& viewer,
                                       Id<Member> other) {
    return database::rows<ConsentRow>(read, given, bind("viewer", viewer.member),
                                      bind("other", other));
}

std::vector<ConsentRow> consents_held(database::Read& read, Viewer const& viewer, Id<Member> other,
                                      Step between) {
    return database::rows<ConsentRow>(read, held, bind("viewer", viewer.member),
                                      bind("other", other),
                                      bind("between", static_cast<std::int64_t>(between)));
}

void give_consent(database::Write& write, Viewer const& viewer, Id<Member> other, Consent kind,
                  std::string_view words, Time now) {
    execute(write, keep, bind("viewer", viewer.member), bind("other", other), bind("kind", kind),
            bind("words", words), bind("now", now));
}

void take_consent_back(database::Write& write, Viewer const& viewer, Id<Member> other,
                       Consent kind) {
    execute(write, drop, bind("viewer", viewer.member), bind("other", other), bind("kind", kind));
}

std::vector<GivenConsent> consents_by(database::Read& read, Viewer const& viewer) {
    return database::rows<GivenConsent>(read, all_given, bind("viewer", viewer.member));
}

}  // namespace kith::bonds
