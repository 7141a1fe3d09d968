// How words that nobody answers travel on, as far as their author lets them.
#include <algorithm>

#include "talk/waiting_store.hpp"
#include "web/site.hpp"
#include "welcome/welcome_handlers.hpp"

namespace kith::welcome {
namespace {

/// Where words of a closed group are answered by those whom they have come to: a place of its own,
/// so that nothing that the group says is read by anybody else.
talk::TravelledRow place_for_answers(web::Site& site, database::Write& write,
                                     talk::DueWait const& due) {
    if (auto row = talk::travelled(write, Viewer::server(), due.discussion)) return *row;
    talk::DiscussionOpening opening;
    opening.public_id = PublicId::make(site.random);
    opening.subject_path = talk::answers_url(opening.public_id);
    opening.audience = talk::Audience::group;
    opening.author = due.author;
    // Large: whoever comes to be apart from the author, or from who answers, sees nothing of them.
    opening.group = talk::make_group(write, talk::GroupSize::large);
    opening.begun_at = site.now();
    auto const answers = talk::open_discussion(write, opening);
    talk::admit(write, opening.group, due.author, Time{});
    talk::set_answers(write, due.discussion, answers);
    return {opening.public_id, answers, opening.group, due.author};
}

void tell(web::Site& site, database::Write& write, talk::DueWait const& due, Id<Member> to,
          std::string url, std::string about) {
    web::Notice notice;
    notice.to = to;
    notice.kind = talk::waits_notice;
    notice.url = std::move(url);
    notice.about = std::move(about);
    notice.from = due.author;
    web::tell(write, site, std::move(notice));
}

void travel_on(web::Site& site, database::Write& write, talk::DueWait const& due) {
    // Words that don't stand any more, or whose author has left their place, go nowhere.
    if (!first_words_of(site, write, due.kind, due.public_id))
        return talk::choose_patience(site, write, due.discussion, talk::Patience::stay);
    auto const next = due.reach == talk::Reach::here ? talk::Reach::greeters : talk::Reach::guides;
    auto const people = talk::who_would_read(write, Viewer{due.author, Role::member}, next);
    if (!due.group) {
        for (auto const& person : people)
            tell(site, write, due, person.id, due.subject_path, due.public_id.text());
    } else {
        auto const place = place_for_answers(site, write, due);
        auto const already = talk::reached_members(write, Viewer::server(), place);
        for (auto const& person : people) {
            if (std::ranges::find(already, person.id) != already.end()) continue;
            talk::admit(write, place.group, person.id, Time{});
            tell(site, write, due, person.id, talk::answers_url(place.answers_id),
                 place.answers_id.text());
        }
    }
    talk::set_reach(write, due.discussion, next, site.now());
}

}  // namespace

void travel(web::Site& site, database::Write& write) {
    for (auto const discussion : talk::answered_at_home(write, Viewer::server()))
        talk::choose_patience(site, write, discussion, talk::Patience::stay);
    for (auto const& due : talk::due_waits(write, Viewer::server(), site.now()))
        travel_on(site, write, due);
}

}  // namespace kith::welcome
