#pragma once

#include <optional>
#include <string>
#include <vector>

#include "essays/essay_views.hpp"
#include "essays/letter_state.hpp"
#include "essays/offer.hpp"
#include "web/call.hpp"

namespace kith::essays {

/// A first letter. A guest adds name and email.
struct ReachOutForm {
    std::string body;
    std::string name;
    std::string email;
    std::string idempotency_key;
};
BOOST_DESCRIBE_STRUCT(ReachOutForm, (), (body, name, email, idempotency_key))

/// A further letter of an exchange.
struct LetterForm {
    std::string body;
    std::string idempotency_key;
};
BOOST_DESCRIBE_STRUCT(LetterForm, (), (body, idempotency_key))

/// What to expect, said before the form.
struct ReachOutPage {
    static constexpr std::string_view page = "essays/reach-out";
    std::string heading;
    std::string name;
    AuthorView author;
    std::optional<std::string> when_read;
    std::int64_t answer_days = 0;  ///< 0: not said
    std::optional<std::string> languages;
    std::vector<std::string> expect;  ///< by paragraph
    std::string post_url;
    std::string idempotency_key;
    web::Field body;
    web::Field guest_name;
    web::Field email;
    bool as_guest = false;
    std::string sign_in_url;
    std::string seen_by;
};
BOOST_DESCRIBE_STRUCT(ReachOutPage, (),
                      (heading, name, author, when_read, answer_days, languages, expect, post_url,
                       idempotency_key, body, guest_name, email, as_guest, sign_in_url, seen_by))

/// One letter of an exchange; a sealed one wasn't opened by the viewer yet: it has no words here,
/// but for one in a closed exchange, which is folded.
struct LetterView {
    bool own = false;
    bool sealed = false;
    web::Html html;
    Time at{};
};
BOOST_DESCRIBE_STRUCT(LetterView, (), (own, sealed, html, at))

/// An exchange of letters, as one of the two sees it.
struct LetterPage {
    static constexpr std::string_view page = "essays/letter";
    std::string heading;
    std::optional<std::string> list_url;  ///< of a member's exchanges; a guest has this one alone
    std::optional<std::string> other_url;
    std::optional<std::string> distance_url;  ///< where a member can keep distance from the other
    bool to_you = false;
    LetterState state = LetterState::received;
    Time written_at{};
    Time read_at{};  ///< none: not read yet
    bool answered = false;
    std::vector<LetterView> letters;
    std::optional<std::string> read_url;     ///< opens what is sealed
    std::optional<std::string> confirm_url;  ///< sends a guest's letter
    std::optional<std::string> answer_url;
    std::optional<std::string> close_url;
    std::string idempotency_key;  ///< of the answer's form
    web::Field body;
    std::string seen_by;
};
BOOST_DESCRIBE_STRUCT(LetterPage, (),
                      (heading, list_url, other_url, distance_url, to_you, state, written_at,
                       read_at, answered, letters, read_url, confirm_url, answer_url, close_url,
                       idempotency_key, body, seen_by))

/// One exchange in the list.
struct ReachOutItem {
    std::string url;
    std::string line;
    LetterState state = LetterState::received;
    Time changed_at{};
    bool waits_for_you = false;
};
BOOST_DESCRIBE_STRUCT(ReachOutItem, (), (url, line, state, changed_at, waits_for_you))

/// The letters that the member wrote to authors and guides, and those to them.
struct ReachOutsPage {
    static constexpr std::string_view page = "essays/reach-outs";
    bool to_you_any = false;
    std::vector<ReachOutItem> to_you;
    std::vector<ReachOutItem> yours;
    std::string settings_url;
};
BOOST_DESCRIBE_STRUCT(ReachOutsPage, (), (to_you_any, to_you, yours, settings_url))

/// Where a member says what others may expect of writing to them.
struct OfferPage {
    static constexpr std::string_view page = "essays/offer";
    bool takes_letters = false;
    bool takes_guests = false;
    web::Field when_read;
    web::Field answer_days;
    web::Field languages;
    web::Field expect;
    std::string seen_by;
};
BOOST_DESCRIBE_STRUCT(OfferPage, (),
                      (takes_letters, takes_guests, when_read, answer_days, languages, expect,
                       seen_by))

}  // namespace kith::essays
