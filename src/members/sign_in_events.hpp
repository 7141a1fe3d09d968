#pragma once

#include <boost/describe.hpp>
#include <vector>

#include "database/session.hpp"
#include "members/members.hpp"
#include "web/call.hpp"
#include "web/today.hpp"

namespace kith::members {

/// What happened to a member's way in; every other session is told.
enum class SignInEvent {
    password_changed,
    email_changed,
    recovery_code_used,
    codes_made,
    letter_keys_changed,
};
BOOST_DESCRIBE_ENUM(SignInEvent, password_changed, email_changed, recovery_code_used, codes_made,
                    letter_keys_changed)

/// One of them, for its member alone.
struct SignInEventRow {
    SignInEvent kind = SignInEvent::password_changed;
    Time at{};
};
BOOST_DESCRIBE_STRUCT(SignInEventRow, (), (kind, at))

/// Notes what the session did, and mails the account's address that something changed.
void note_event(web::Site& site, database::Write& write, Account const& account, SignInEvent event,
                Id<web::SignInSession> session);

/// What other sessions than the viewer's did lately, the latest first.
[[nodiscard]] std::vector<SignInEventRow> events_elsewhere(database::Read& read,
                                                           Viewer const& viewer,
                                                           Id<web::SignInSession> session,
                                                           Time since);
void forget_events(database::Write& write, Id<Member> member);
void sweep_events(database::Write& write, Time before);

/// The key of the sentence that tells of the event; its place is {at}.
[[nodiscard]] std::string_view word_of(SignInEvent event);

/// On Today: what another session changed in the last days.
[[nodiscard]] std::vector<web::TodayCard> sign_in_cards(web::Call& call);

}  // namespace kith::members
