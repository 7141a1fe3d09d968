#include "welcome/welcome_slice.hpp"

#include "base/limits.hpp"
#include "resources/welcome.hpp"
#include "web/respond.hpp"
#include "welcome/first_week_store.hpp"
#include "welcome/introductions_store.hpp"
#include "welcome/travelled_store.hpp"
#include "welcome/welcome_handlers.hpp"

namespace kith::welcome {
namespace {

using web::before_agreement;
using web::get;
using web::limited;
using web::NoFields;
using web::post;
using namespace std::chrono_literals;

constexpr auto member = web::Access::member;
constexpr auto steward = web::Access::steward;

std::vector<web::Route> routes() {
    return {
        get<SayHelloPage>(say_hello_pattern, member, show_say_hello),
        limited(post<IntroductionForm>(say_hello_pattern, member, act_say_hello, show_say_hello),
                {20, 24h}),
        get<IntroductionPage>(introduction_pattern, member, show_introduction),
        limited(talk::with_comment_pictures(post<talk::CommentForm>(
                    hello_comments_pattern, member, act_hello_comment, show_introduction)),
                {300, 1h}),
        before_agreement(limited(post<talk::PatienceForm>("/introductions/{id}/patience", member,
                                                          act_hello_patience, show_introduction),
                                 {120, 1h})),
        before_agreement(limited(
            post<NoFields>("/introductions/{id}/withdraw", member, act_withdraw_hello), {20, 1h})),
        get<UnansweredPage>(unanswered_path, member, show_unanswered),
        get<TravelledPage>(travelled_pattern, member, show_travelled),
        limited(talk::with_comment_pictures(
                    post<talk::CommentForm>(answers_pattern, member, act_answer, show_travelled)),
                {300, 1h}),
        before_agreement(limited(
            post<NoFields>("/unanswered/{id}/take-back", member, act_take_back), {120, 1h})),
        get<GreetersPage>(greeters_path, steward, show_greeters),
        limited(post<NameGreeterForm>(greeters_path, steward, act_name_greeter, show_greeters),
                {60, 1h}),
        limited(post<NoFields>("/welcome/greeters/{id}/unname", steward, act_unname_greeter),
                {60, 1h}),
        get<GreetingPage>(greeting_path, member, show_greeting),
        limited(post<GreetingForm>(greeting_path, member, act_greeting, show_greeting), {60, 1h}),
        before_agreement(
            limited(post<NoFields>("/welcome/greeting/stop", member, act_stop_greeting), {60, 1h})),
        before_agreement(limited(
            post<NoFields>("/welcome/first-week/{step}/not-now", member, act_not_now), {60, 1h})),
        before_agreement(limited(
            post<NoFields>("/welcome/first-week/put-away", member, act_put_away), {60, 1h})),
    };
}

std::vector<web::TodayCard> today_cards(web::Call& call) {
    if (!call.viewer().signed_in()) return {};
    std::vector<web::TodayCard> cards;
    add_first_week(call, cards);
    auto const waiting = waiting_for(call);
    if (waiting.empty()) return cards;
    web::TodayCard card;
    card.title = call.say("welcome.today_waits");
    for (std::size_t i = 0; i < std::min<std::size_t>(waiting.size(), 3); ++i)
        card.lines.push_back(call.say(
            waiting[i].title.starts_with(waiting[i].by) ? "welcome.today_hello_line"
                                                        : "welcome.today_waits_line",
            {{"name", waiting[i].by}, {"title", waiting[i].title}, {"since", waiting[i].waits}}));
    card.url = unanswered_path;
    card.action = call.say("welcome.today_waits_open");
    card.section = web::TodaySection::waits;
    card.since = waiting.front().since;
    cards.push_back(std::move(card));
    return cards;
}

/// One transaction, so that what somebody takes back meanwhile goes nowhere.
void travel_job(web::Site& site, std::string const&) {
    site.database.write_now([&](database::Write& write) { travel(site, write); });
}

void tidy_job(web::Site& site, std::string const&) {
    site.database.write_now([&](database::Write& write) {
        forget_old_skips(write, site.now() - 2 * limits::first_week_time);
    });
}

/// What a member takes away: how they said hello.
struct ExportedHello {
    Time written_at{};
    std::string markdown;
};
BOOST_DESCRIBE_STRUCT(ExportedHello, (), (written_at, markdown))
struct ExportedWelcome {
    std::optional<ExportedHello> hello;
    std::vector<SkipRow> put_aside;
};
BOOST_DESCRIBE_STRUCT(ExportedWelcome, (), (hello, put_aside))

void export_own(web::Site& site, database::Read& read, Id<Member> who, web::Archive& archive) {
    Viewer const self{who, Role::member};
    ExportedWelcome view;
    if (auto own = own_introduction(read, self))
        view.hello = ExportedHello{own->written_at, std::move(own->markdown)};
    view.put_aside = skips_of(read, self);
    archive.add("welcome", site.words.say("en", "welcome.export_title"), view);
}

void erase_own(database::Write& write, Id<Member> who) {
    forget_introductions_of(write, who);
    forget_first_week(write, who);
}

web::Probe fixed(std::string_view pattern) {
    return {pattern, [pattern](database::Read&) { return std::vector{std::string(pattern)}; }};
}

web::Probe each(std::string_view pattern, std::string_view before,
                std::vector<std::string> (*ids)(database::Read&)) {
    return {pattern, [before, ids](database::Read& read) {
                auto paths = ids(read);
                for (auto& path : paths) path.insert(0, before);
                return paths;
            }};
}

std::vector<web::Probe> probes() {
    return {fixed(say_hello_pattern),
            each(introduction_pattern, "/introductions/", all_introduction_ids),
            fixed(unanswered_path),
            each(travelled_pattern, "/unanswered/", all_answers_ids),
            fixed(greeters_path),
            fixed(greeting_path)};
}

}  // namespace
}  // namespace kith::welcome

namespace kith {

web::Slice welcome_slice() {
    using namespace welcome;
    return {
        .name = "welcome",
        .resources = welcome_resources(),
        .routes = routes(),
        .pages = {web::page<SayHelloPage>(), web::page<IntroductionPage>(),
                  web::page<UnansweredPage>(), web::page<TravelledPage>(),
                  web::page<GreetersPage>(), web::page<GreetingPage>()},
        .jobs = {{"welcome.travel", travel_job, 15min}, {"welcome.tidy", tidy_job, 24h}},
        .today = today_cards,
        .unanswered = {unanswered_introductions()},
        .notices = {{talk::waits_notice, web::NoticeDefault::digest},
                    {asked_notice, web::NoticeDefault::digest},
                    {named_notice, web::NoticeDefault::digest}},
        .export_for = web::ExportFor(export_own),
        .erase_for = web::EraseFor(erase_own),
        .probes = probes(),
    };
}

}  // namespace kith
