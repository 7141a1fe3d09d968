#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bonds/consents_store.hpp"
#include "bonds/ladder.hpp"
#include "web/call.hpp"
#include "web/slice.hpp"

namespace kith::bonds {

/// What each of the deeds takes: how the viewer knows the other, and which step it is about.
struct StepForm {
    Step step = Step::apart;
    std::string known;  ///< the sealed name of a distance_url()
};
BOOST_DESCRIBE_STRUCT(StepForm, (), (step, known))

struct KnownForm {
    std::string known;
};
BOOST_DESCRIBE_STRUCT(KnownForm, (), (known))

struct HelloForm {
    std::string words;
    std::string known;
};
BOOST_DESCRIBE_STRUCT(HelloForm, (), (words, known))

struct UnsendForm {
    std::string note;
    std::string known;
};
BOOST_DESCRIBE_STRUCT(UnsendForm, (), (note, known))

struct ConsentForm {
    Consent kind = Consent::care;
    std::string words;
    std::string known;
};
BOOST_DESCRIBE_STRUCT(ConsentForm, (), (kind, words, known))

/// One step of the ladder, as it stands for these two.
struct Rung {
    Step step = Step::hello;
    std::string title;
    std::string unlocks;
    bool done = false;
    bool now = false;  ///< the next
};
BOOST_DESCRIBE_STRUCT(Rung, (), (step, title, unlocks, done, now))

/// The next step, and what can be done about it.
struct NextPart {
    Step step = Step::hello;
    std::string title;
    Before before = Before::nothing;
    std::optional<Time> from;
    std::optional<Time> until;
};
BOOST_DESCRIBE_STRUCT(NextPart, (), (step, title, before, from, until))

/// A step that the other offers to the viewer.
struct OfferPart {
    Step step = Step::hello;
    std::string title;
    Time until{};
    std::optional<Time> from;  ///< it can be accepted from then on
};
BOOST_DESCRIBE_STRUCT(OfferPart, (), (step, title, until, from))

/// Where the viewer can step back to.
struct BackPart {
    Step step = Step::apart;
    std::string label;
};
BOOST_DESCRIBE_STRUCT(BackPart, (), (step, label))

/// A note between the two.
struct NotePart {
    PublicId id;
    std::string words;
    Time at{};
    bool mine = false;
    std::optional<Time> unsend_until;  ///< it can be taken back until then
};
BOOST_DESCRIBE_STRUCT(NotePart, (), (id, words, at, mine, unsend_until))

/// Notes of hello, while that is open.
struct HelloPart {
    web::Field words;
    std::optional<Time> again_at;  ///< the next can be written then
    std::vector<NotePart> notes;
    bool notes_any = false;
};
BOOST_DESCRIBE_STRUCT(HelloPart, (), (words, again_at, notes, notes_any))

/// What the two let each other do and know.
struct ConsentsPart {
    bool care_given = false;
    bool care_held = false;
    bool near = false;  ///< that step is open now
    bool kin = false;
    web::Field contact;  ///< the viewer's words to the other
    bool contact_given = false;
    std::optional<std::string> contact_held;
};
BOOST_DESCRIBE_STRUCT(ConsentsPart, (),
                      (care_given, care_held, near, kin, contact, contact_given, contact_held))

/// What the viewer has with one person. Everything on it is of the viewer's own doing, of what both
/// opened, or of what the other sent; nothing of it tells why something isn't open.
struct BondPage {
    static constexpr std::string_view page = "bonds/bond";
    std::optional<std::string> name;  ///< as the viewer knows them
    std::string url;                  ///< of this page: the deeds stand under it
    std::optional<std::string> page_url;
    std::optional<std::string>
        letters_url;  ///< where letters between the two are, if there are any
    std::string distance_url;
    std::string known;
    Step between = Step::apart;
    std::string between_words;
    std::vector<Rung> rungs;
    std::optional<OfferPart> offer;
    std::optional<NextPart> next;
    std::vector<BackPart> back;
    bool back_any = false;
    std::optional<HelloPart> hello;
    std::optional<ConsentsPart> consents;
    bool resting = false;
};
BOOST_DESCRIBE_STRUCT(BondPage, (),
                      (name, url, page_url, letters_url, distance_url, known, between,
                       between_words, rungs, offer, next, back, back_any, hello, consents, resting))

struct PersonLine {
    PublicId id;
    std::string name;
    std::string url;
    Step step = Step::hello;
    std::string line;
    std::string distance_url;
};
BOOST_DESCRIBE_STRUCT(PersonLine, (), (id, name, url, step, line, distance_url))

/// All bonds and offers of the viewer's, for them alone.
struct BondsPage {
    static constexpr std::string_view page = "bonds/bonds";
    Openness dial = Openness::circles;
    std::string dial_words;
    std::vector<PersonLine> received;
    bool received_any = false;
    std::vector<PersonLine> bonds;
    std::vector<PersonLine> made;
    bool made_any = false;
};
BOOST_DESCRIBE_STRUCT(BondsPage, (),
                      (dial, dial_words, received, received_any, bonds, made, made_any))

/// The page again, with what was typed.
[[nodiscard]] web::Answer show_bond(web::Call& call);

[[nodiscard]] std::vector<web::Route> bond_routes();
[[nodiscard]] std::vector<web::Route> bond_deed_routes();
[[nodiscard]] std::vector<web::Route> hello_routes();

}  // namespace kith::bonds
