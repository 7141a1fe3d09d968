#include "talk/talk_rules.hpp"

namespace kith::talk {

bool has_link(std::string_view html) {
    // What leads to a comment here is a quote.
    constexpr std::string_view inside = "<a href=\"/comments/";
    for (auto at = html.find("<a "); at != html.npos; at = html.find("<a ", at + 1))
        if (!html.substr(at).starts_with(inside)) return true;
    return false;
}

State state_of_new(HoldPolicy policy, Standpoint author, std::string_view html) {
    if (author.role >= Role::steward) return State::published;
    if (policy.first_comments && !author.published_before) return State::held;
    if (policy.links && has_link(html)) return State::held;
    return State::published;
}

State state_after_edit(State before, HoldPolicy policy, Standpoint author, std::string_view html) {
    // What a steward hasn't released yet, or has refused, isn't released by editing it.
    if (before == State::refused) return State::held;
    if (before != State::published || author.role >= Role::steward) return before;
    return policy.links && has_link(html) ? State::held : State::published;
}

bool words_are_open(State state, Time written_at, Time now, std::int64_t hours) {
    return state != State::published || now - written_at < std::chrono::hours(hours);
}

Standing standing_of(State state, bool own) {
    switch (state) {
        case State::published: return Standing::published;
        case State::held: return own ? Standing::held : Standing::put_aside;
        case State::refused: return own ? Standing::refused : Standing::put_aside;
        case State::waiting_for_email:
        case State::deleted: break;
    }
    return Standing::taken_back;
}

bool admits(Audience audience, Viewer const& reader, Id<Member> author) {
    if (reader.is_server()) return true;
    switch (audience) {
        case Audience::anyone: return true;
        // Which of the members belong to a group, the query has said.
        case Audience::group:
        case Audience::members: return reader.signed_in();
        case Audience::author: return reader.is(author);
        case Audience::nobody: break;
    }
    return false;
}

}  // namespace kith::talk
