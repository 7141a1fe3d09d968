#include "circles/circles_demo.hpp"

#include "base/limits.hpp"
#include "circles/making.hpp"
#include "circles/membership_store.hpp"

namespace kith::circles {
namespace {

using namespace std::chrono_literals;

/// A conversation of the demo: how it began, and what was answered, by the others in turn.
struct DemoConversation {
    std::string_view title;
    std::string_view words;
    std::string_view content_note;
    AsksFor asks_for;
    std::vector<std::string_view> answers;
    std::string_view question = {};
    std::string_view choices = {};
    talk::Patience patience = talk::Patience::stay;
};

class Demo {
public:
    Demo(web::Site& site, database::Write& write, DemoPeople const& people)
        : site_(site), write_(write), people_(people) {}

    CirclePlace make(Id<Member> keeper, CircleForm form) {
        auto const place =
            make_circle(site_, write_, keeper, check_circle(std::move(form), 12), at_);
        for (auto const member : people_.members) {
            at_ += 20min;
            insert_member(write_, place.id, member, false, 1, at_);
            talk::admit(write_, place.group, member, at_);
        }
        at_ += 2h;
        return place;
    }

    void talk_in(CirclePlace const& circle, Id<Member> author, DemoConversation const& said) {
        ConversationForm form;
        form.title = said.title;
        form.body = said.words;
        form.content_note = said.content_note;
        form.asks_for = said.asks_for;
        form.poll_question = said.question;
        form.poll_choices = said.choices;
        form.patience = said.patience;
        at_ += 90min;
        auto const place =
            begin_conversation(site_, write_, circle, author, rendered(std::move(form)), at_);
        for (auto const answer : said.answers) {
            at_ += 35min;
            static_cast<void>(talk::add_comment(
                site_, write_,
                {place.discussion, next_speaker(author), {}, std::string(answer), {}, at_}));
        }
    }

private:
    Id<Member> next_speaker(Id<Member> author) {
        for (;;) {
            auto const speaker = people_.members.at(next_++ % people_.members.size());
            if (speaker != author) return speaker;
        }
    }

    web::Site& site_;
    database::Write& write_;
    DemoPeople const& people_;
    std::size_t next_ = 0;
    Time at_ = site_.now() - 40h;
};

CircleForm tuesdays() {
    CircleForm form;
    form.name = "Tuesday Evenings";
    form.purpose =
        "For people grieving someone, or a life they thought they would have. We write in between.";
    form.kind = CircleKind::support;
    form.joining = Joining::asking;
    form.values = "patience, plain words";
    form.experiences = "grief, starting again";
    form.agreement =
        "1. What is said here stays here. Your own part is yours to take along.\n"
        "2. We listen first. Advice waits until it is asked for.\n"
        "3. Anyone can pass, or leave without a reason.\n"
        "4. We put a content note on what may be hard to read.\n"
        "5. When it goes wrong between us, we say so within the week.\n";
    return form;
}

CircleForm mornings() {
    CircleForm form;
    form.name = "Quiet Mornings";
    form.purpose = "Tea before the day begins. Someone is usually up.";
    form.kind = CircleKind::friends;
    form.joining = Joining::open;
    form.culture = "tea, bread, Português";
    form.values = "early hours, no hurry";
    form.goals = "rest, one good thing a day";
    form.history_open = true;
    form.agreement =
        "- Nobody has to answer before noon.\n"
        "- Small things count.\n"
        "- We don’t mend each other.\n";
    return form;
}

}  // namespace

std::vector<std::string> circles_demo(web::Site& site, database::Write& write,
                                      DemoPeople const& people) {
    Demo demo(site, write, people);
    auto const evenings = demo.make(people.guide, tuesdays());
    demo.talk_in(evenings, people.members.at(0),
                 {"The first birthday without him",
                  "On Friday he would be forty-six. His sister wants a dinner. I want to drive to "
                  "the coast and be no one. I said yes to the dinner.\n\n"
                  "I am not asking what to do. I only wanted to say it to people who would not "
                  "flinch.",
                  "the death of a partner",
                  AsksFor::listening,
                  {"Not flinching. A birthday with an empty chair is about the heaviest thing "
                   "there is.",
                   "With you on Friday, from here. You need not answer."}});
    demo.talk_in(evenings, people.guide,
                 {"What do you do with the clothes?",
                  "Somebody asked me this after we met, and said I could bring it here. There is "
                  "no right week for it.",
                  "",
                  AsksFor::ideas,
                  {"I kept one coat. It hangs in the hall as if someone might need it.",
                   "My neighbour came and folded with me. We hardly spoke. It was the best "
                   "afternoon of that month."}});
    auto const mornings_place = demo.make(people.keeper, mornings());
    demo.talk_in(mornings_place, people.keeper,
                 {"Who is up?",
                  "Kettle is on, the street is blue, and the baker’s light just came on.",
                  "",
                  AsksFor::company,
                  {"Up. The cat insisted.", "Up, and glad that someone else is."},
                  "When shall we have tea together on Sunday?",
                  "At seven\nAt nine\nWhenever I wake up"});
    // Nobody answers this one: its author lets it travel to greeters.
    demo.talk_in(mornings_place, people.members.at(0),
                 {.title = "The post office again",
                  .words = "I meant to go in and stood outside until they closed. It is a small "
                           "thing. I would like to have told somebody.",
                  .content_note = "",
                  .asks_for = AsksFor::listening,
                  .answers = {},
                  .patience = talk::Patience::day});
    return {circle_url(evenings.public_id), circle_url(mornings_place.public_id)};
}

}  // namespace kith::circles
