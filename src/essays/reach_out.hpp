#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "database/session.hpp"
#include "essays/reach_out_store.hpp"
#include "web/call.hpp"
#include "web/outcome.hpp"
#include "web/today.hpp"

namespace kith::essays {

inline constexpr std::string_view reach_out_token_purpose = "reach_out";

// the first letter
[[nodiscard]] web::Answer show_reach_out(web::Call& call);
[[nodiscard]] web::Outcome act_reach_out(web::Call& call);

/// Where the viewer, a member, can write to another, if that one takes letters.
[[nodiscard]] std::optional<std::string> reach_out_url(web::Call& call, PublicId const& member);

// what follows
[[nodiscard]] web::Answer show_reach_outs(web::Call& call);
[[nodiscard]] web::Answer show_letter(web::Call& call);
[[nodiscard]] web::Outcome act_read(web::Call& call);
[[nodiscard]] web::Outcome act_answer(web::Call& call);
[[nodiscard]] web::Outcome act_close(web::Call& call);

// the same for a guest, by link
[[nodiscard]] web::Answer show_guest_letter(web::Call& call);
[[nodiscard]] web::Outcome act_guest_confirm(web::Call& call);
[[nodiscard]] web::Outcome act_guest_answer(web::Call& call);
[[nodiscard]] web::Outcome act_guest_close(web::Call& call);

// what one says before
[[nodiscard]] web::Answer show_offer(web::Call& call);
[[nodiscard]] web::Outcome act_offer(web::Call& call);

/// Letters that wait for the viewer, and answers to theirs.
void add_reach_out_cards(web::Call& call, std::vector<web::TodayCard>& cards);

/// The words of a letter, checked and rendered.
[[nodiscard]] LetterWords letter_words(std::string_view body);
/// Shows the exchange as the viewer, one of the two, sees it; `url` is where it is.
[[nodiscard]] web::Answer show_exchange(web::Call& call, ReachOutRow const& reach_out,
                                        std::string const& url);
/// A form's letter on its way into an exchange.
struct FurtherLetter {
    WrittenBy by = WrittenBy::sender;
    LetterWords words;
    std::optional<std::string> idempotency_key;  ///< as it is kept
};
/// The letter of a LetterForm, checked and rendered.
[[nodiscard]] FurtherLetter further_letter(web::Call const& call, WrittenBy by);
/// Adds a letter and tells the other that there is something; a conflict when it is closed or full.
/// One that was sent before is there already, however the exchange stands by now.
void add_further_letter(web::Call& call, database::Write& write, ReachOutRow const& reach_out,
                        FurtherLetter const& letter);
inline constexpr std::string_view letter_came = "essays.letter_came";
inline constexpr std::string_view letter_answered = "essays.answer_came";
inline constexpr std::string_view thanks_came = "essays.thanks_came";
inline constexpr std::string_view thanks_arrived = "essays.thanks_arrived";

/// A letter to a member, as far as telling them goes.
struct LetterNews {
    Id<Member> to;
    PublicId reach_out;
    std::optional<Id<Member>> from = {};  ///< absent for a guest
    bool answer = false;
};
/// Tells a member that a letter is there for them.
void tell_of_letter(web::Call& call, database::Write& write, LetterNews const& news);
/// What this room tells members of.
[[nodiscard]] std::vector<web::NoticeKind> essays_notices();
/// Mails a guest a new link to their exchange, in their language.
void mail_guest_link(web::Call& call, database::Write& write, Id<ReachOut> reach_out,
                     std::string const& email, std::string_view language, bool to_confirm);
/// `text` by its lines that aren't blank.
[[nodiscard]] std::vector<std::string> paragraphs_of(std::string_view text);

}  // namespace kith::essays
