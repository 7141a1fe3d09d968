#include "talk/waiting.hpp"

#include "talk/discussion_store.hpp"
#include "talk/waiting_store.hpp"
#include "web/notice.hpp"
#include "web/zoned_time.hpp"

namespace kith::talk {
namespace {

std::string names_of(std::vector<ReachedMember> const& people) {
    std::string names;
    for (auto const& person : people) names += (names.empty() ? "" : ", ") + person.name;
    return names;
}

/// Who would read the viewer's words, stage by stage and by name.
std::string would_be_readers(web::Call const& call) {
    auto const greeters = names_of(who_would_read(call.read(), call.viewer(), Reach::greeters));
    auto const guides = names_of(who_would_read(call.read(), call.viewer(), Reach::guides));
    return call.say(greeters.empty() ? "talk.no_greeters" : "talk.greeters_are",
                    {{"names", greeters}}) +
           " " +
           call.say(guides.empty() ? "talk.no_guides" : "talk.guides_are", {{"names", guides}});
}

/// Lets nobody but the author read what was answered elsewhere.
void call_back(web::Site& site, database::Write& write, TravelledRow const& row) {
    for (auto const member : reached_members(write, Viewer::server(), row))
        dismiss(site, write, row.group, member);
    web::untell(write, site, waits_notice, row.answers_id.text());
}

}  // namespace

void begin_waiting(database::Write& write, Id<Discussion> discussion, std::string_view kind,
                   Patience patience, Time at) {
    insert_wait(write, discussion, kind, patience, at);
}

void choose_patience(web::Site& site, database::Write& write, Id<Discussion> discussion,
                     Patience patience) {
    if (auto const row = travelled(write, Viewer::server(), discussion))
        call_back(site, write, *row);
    set_patience(write, discussion, patience, site.now());
}

void end_waiting(web::Site& site, database::Write& write, Id<Discussion> discussion) {
    if (auto const row = travelled(write, Viewer::server(), discussion)) {
        call_back(site, write, *row);
        set_audience(write, row->answers, Audience::nobody, false);
    }
    delete_wait(write, discussion);
}

WaitView new_wait_view(web::Call const& call, Patience chosen, bool in_group) {
    WaitView view;
    view.patience = chosen;
    view.in_group = in_group;
    view.readers = would_be_readers(call);
    return view;
}

std::optional<WaitView> wait_view(web::Call const& call, Id<Discussion> discussion,
                                  std::string post_url) {
    auto const row = find_wait(call.read(), call.viewer(), discussion);
    if (!row || (row->answered && row->reach == Reach::here && !row->answers)) return std::nullopt;
    auto view = new_wait_view(call, row->patience, row->in_group);
    view.post_url = std::move(post_url);
    view.reach = row->reach;
    view.travelled_at = row->travelled_at;
    if (row->answers) view.answers_url = answers_url(*row->answers);
    if (row->answers && row->reach != Reach::here) {
        auto const readers = names_of(who_reads(call.read(), call.viewer(), *row->answers));
        view.readers = call.say(readers.empty() ? "talk.read_by_nobody" : "talk.read_by",
                                {{"names", readers}});
    }
    return view;
}

std::string since_words(web::Call const& call, Time since) {
    auto const zone = call.reading().zone;
    auto const days = (web::wall_day(zone, call.now()) - web::wall_day(zone, since)).count();
    if (days <= 0) return call.say("talk.since_today");
    if (days == 1) return call.say("talk.since_yesterday");
    if (days < 7) return call.say("talk.since_days", {{"days", days}});
    return call.say(days < 30 ? "talk.since_week" : "talk.since_month");
}

}  // namespace kith::talk
