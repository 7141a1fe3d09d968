#pragma once
// Words that wait for a human answer. A room says so when they begin, shows their author
// wait_view() by the partial "talk/patience", and lists what waits for whom by Slice::unanswered.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "talk/talk.hpp"
#include "web/call.hpp"

namespace kith::talk {

/// How long words stay where they are while nobody answers.
enum class Patience { stay, day, three_days, week };
BOOST_DESCRIBE_ENUM(Patience, stay, day, three_days, week)

/// How far they have come.
enum class Reach { here, greeters, guides };
BOOST_DESCRIBE_ENUM(Reach, here, greeters, guides)

/// Notes that the discussion's words wait. `kind` is that of the slice's web::Unanswered.
void begin_waiting(database::Write& write, Id<Discussion> discussion, std::string_view kind,
                   Patience patience, Time at);
/// Chooses anew, counted from now. What has travelled comes back first: who was reached reads it no
/// longer, and what they answered stays for the author.
void choose_patience(web::Site& site, database::Write& write, Id<Discussion> discussion,
                     Patience patience);
/// Nobody waits any more: the words were taken back. Nobody reads what was answered elsewhere.
void end_waiting(web::Site& site, database::Write& write, Id<Discussion> discussion);

struct PatienceForm {
    Patience patience = Patience::stay;
};
BOOST_DESCRIBE_STRUCT(PatienceForm, (), (patience))

/// The author's choice, and what became of it.
struct WaitView {
    std::string post_url;  ///< takes a PatienceForm; empty where the choice is part of a form
    Patience patience = Patience::stay;
    Reach reach = Reach::here;
    std::string readers;                     ///< who would read it, or who does, by name
    bool in_group = false;                   ///< else any member may read it anyway
    std::optional<std::string> answers_url;  ///< where those whom it has reached answer
    std::optional<Time> travelled_at;
};
BOOST_DESCRIBE_STRUCT(WaitView, (),
                      (post_url, patience, reach, readers, in_group, answers_url, travelled_at))

/// The choice as part of the form that begins something.
[[nodiscard]] WaitView new_wait_view(web::Call const& call, Patience chosen, bool in_group);
/// The choice of what the viewer began; nothing for others, nor once what never travelled has an
/// answer.
[[nodiscard]] std::optional<WaitView> wait_view(web::Call const& call, Id<Discussion> discussion,
                                                std::string post_url);

/// The notice that words have come to someone; it is about answers_url()'s id.
inline constexpr std::string_view waits_notice = "welcome.waits";
/// Where those whom words have reached read and answer them.
[[nodiscard]] inline std::string answers_url(PublicId const& answers) {
    return "/unanswered/" + answers.text();
}

/// "since yesterday": how long words wait, never finer than a day.
[[nodiscard]] std::string since_words(web::Call const& call, Time since);

}  // namespace kith::talk
