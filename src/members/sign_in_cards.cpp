#include "base/limits.hpp"
#include "members/sign_in_events.hpp"

namespace kith::members {

std::string_view word_of(SignInEvent event) {
    switch (event) {
        case SignInEvent::password_changed: return "members.event_password_changed";
        case SignInEvent::email_changed: return "members.event_email_changed";
        case SignInEvent::recovery_code_used: return "members.event_recovery_code_used";
        case SignInEvent::codes_made: return "members.event_codes_made";
        case SignInEvent::letter_keys_changed: return "members.event_letter_keys_changed";
    }
    return "members.today_changed";
}

std::vector<web::TodayCard> sign_in_cards(web::Call& call) {
    if (!call.viewer().signed_in()) return {};
    auto const events = events_elsewhere(call.read(), call.viewer(), call.visitor.session,
                                         call.now() - limits::recovery_delay);
    if (events.empty()) return {};
    web::TodayCard card;
    card.title = call.say("members.today_changed");
    for (auto const& event : events)
        card.lines.push_back(call.say(word_of(event.kind), {{"at", event.at}}));
    card.url = "/settings/sessions";
    card.action = call.say("members.today_look");
    return {card};
}

}  // namespace kith::members
