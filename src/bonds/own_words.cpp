#include "bonds/own_words.hpp"

#include "bonds/consents_store.hpp"
#include "bonds/hello_store.hpp"
#include "bonds/ladder_store.hpp"
#include "bonds/wishes_store.hpp"
#include "members/members.hpp"
#include "web/site.hpp"

namespace kith::bonds {
namespace {

/// A step that the member gave or offered.
struct ExportedStep {
    std::string name;
    Step step = Step::hello;
    Time since{};
};
BOOST_DESCRIBE_STRUCT(ExportedStep, (), (name, step, since))

struct ExportedHello {
    std::string to;
    std::string words;
    Time sent_at{};
};
BOOST_DESCRIBE_STRUCT(ExportedHello, (), (to, words, sent_at))

struct ExportedConsent {
    std::string to;
    Consent consent = Consent::care;
    std::string words;
    Time since{};
};
BOOST_DESCRIBE_STRUCT(ExportedConsent, (), (to, consent, words, since))

struct ExportedBonds {
    Openness dial = Openness::circles;
    Delivery delivery = Delivery::now;
    std::int64_t unsend_minutes = 0;
    std::optional<Time> resting_since;
    std::optional<Time> resting_until;
    bool small_steps = false;
    std::vector<ExportedStep> given;
    std::vector<ExportedStep> offered;
    std::vector<ExportedConsent> consents;
    std::vector<ExportedHello> hellos;
};
BOOST_DESCRIBE_STRUCT(ExportedBonds, (),
                      (dial, delivery, unsend_minutes, resting_since, resting_until, small_steps,
                       given, offered, consents, hellos))

ExportedBonds bonds_for(database::Read& read, Viewer const& own, Time now) {
    ExportedBonds view;
    view.dial = dial_of(read, own);
    auto const pace = pace_of(read, own);
    view.delivery = pace.delivery;
    view.unsend_minutes = pace.unsend_minutes;
    if (auto const rest = rest_of(read, own)) {
        view.resting_since = rest->since;
        view.resting_until = rest->until;
    }
    view.small_steps = small_steps_of(read, own).has_value();
    for (auto& row : steps_given(read, own))
        view.given.push_back({std::move(row.name), row.step, row.at});
    for (auto& row : offers_by(read, own, now))
        view.offered.push_back({std::move(row.name), row.step, row.at});
    for (auto& row : consents_by(read, own))
        view.consents.push_back({std::move(row.to), row.kind, std::move(row.words), row.since});
    for (auto& row : hellos_by(read, own))
        view.hellos.push_back({std::move(row.to), std::move(row.words), row.at});
    return view;
}

}  // namespace

void export_bonds(web::Site& site, database::Read& read, Id<Member> member, web::Archive& archive) {
    auto const view = bonds_for(read, Viewer{member, Role::member}, site.now());
    auto const language = members::language_of(
        read, members::account_of(read, Viewer::server(), member).value_or(members::Account{}));
    archive.add("bonds", site.words.say(language, "bonds.title"), view);
}

}  // namespace kith::bonds
