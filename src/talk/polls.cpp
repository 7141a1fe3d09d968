#include "talk/polls.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "web/respond.hpp"

namespace kith::talk {
namespace {

using web::Answer;
using web::Call;

constexpr std::string_view vote_pattern = "/polls/{id}/vote";

std::string url_of(PollRow const& row) { return "/polls/" + row.public_id.text(); }

bool has_ended(PollRow const& row, Time now) { return row.ends_at && *row.ends_at <= now; }

/// The choices that were typed, each once.
std::vector<std::string> choices_in(std::string_view text) {
    std::vector<std::string> choices;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        auto line = web::trimmed(text.substr(0, end));
        if (!line.empty() && std::ranges::find(choices, line) == choices.end())
            choices.push_back(std::move(line));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return choices;
}

/// What is asked, as all see it alike.
PollView question_of(PollRow const& row, std::vector<ChoiceRow> const& choices) {
    PollView view;
    view.id = row.public_id;
    view.url = url_of(row);
    view.question = row.question;
    view.many = row.many;
    view.ends_at = row.ends_at;
    for (auto const& choice : choices)
        if (choice.poll == row.id) view.choices.push_back({choice.number, choice.words, false, {}});
    return view;
}

/// Who looks at a poll, when, and whether it takes answers where it stands.
struct Look {
    Viewer viewer;
    Time at{};
    bool open = false;
};

PollView view_of(Look const& look, PollRow const& row, std::vector<ChoiceRow> const& choices) {
    auto view = question_of(row, choices);
    view.ended = has_ended(row, look.at);
    for (auto const& choice : choices) view.voted |= choice.poll == row.id && choice.chosen;
    view.may_vote = look.open && !view.ended && look.viewer.signed_in();
    view.shows_results = view.voted || view.ended || !look.open;
    if (view.shows_results) view.voters = row.voters;
    auto shown = view.choices.begin();
    for (auto const& choice : choices) {
        if (choice.poll != row.id) continue;
        shown->chosen = choice.chosen;
        if (view.shows_results) shown->votes = choice.votes;
        ++shown;
    }
    return view;
}

PollRow poll_of(Call const& call, database::Read& read) {
    auto row = find_poll(read, call.viewer(), call.id());
    if (!row) throw Refusal::not_found();
    return *std::move(row);
}

bool is_open(Call const& call, database::Read& read, PollRow const& row) {
    auto const discussion = find_discussion(read, call.viewer(), row.discussion);
    return discussion && discussion->open_for_comments;
}

/// Refuses where it is too late for an answer.
PollRow open_poll(Call const& call, database::Read& read) {
    auto row = poll_of(call, read);
    if (has_ended(row, call.now())) throw Refusal::conflict("talk.poll_over");
    if (!is_open(call, read, row)) throw Refusal::conflict("talk.poll_closed");
    return row;
}

/// Where the poll is shown.
std::string place_of(Call const& call, database::Read& read, PollRow const& row) {
    if (row.comment_id) return "/comments/" + row.comment_id->text();
    auto const discussion = find_discussion(read, call.viewer(), row.discussion);
    return discussion ? discussion->subject_path : std::string("/");
}

std::vector<std::int64_t> checked_choice(PollRow const& row, std::vector<ChoiceRow> const& choices,
                                         std::vector<std::int64_t> numbers) {
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    auto const is_there = [&](std::int64_t number) {
        return std::ranges::find(choices, number, &ChoiceRow::number) != choices.end();
    };
    web::Mistakes mistakes;
    mistakes.require(!numbers.empty() && std::ranges::all_of(numbers, is_there), "choice",
                     "talk.poll_choose");
    mistakes.require(row.many || numbers.size() < 2, "choice", "talk.poll_one_only");
    mistakes.throw_if_any();
    return numbers;
}

}  // namespace

std::optional<PollToAdd> checked_poll(PollForm const& form, web::Mistakes& mistakes) {
    PollToAdd poll;
    poll.question = web::trimmed(form.poll_question);
    poll.choices = choices_in(form.poll_choices);
    poll.many = form.poll_many;
    poll.ends = form.poll_ends;
    if (poll.question.empty() && poll.choices.empty()) return std::nullopt;
    mistakes.required("poll_question", poll.question)
        .max("poll_question", poll.question, limits::title_characters_max);
    bool const fits = poll.choices.size() >= limits::poll_choices_min &&
                      poll.choices.size() <= limits::poll_choices_max;
    mistakes.require(fits, "poll_choices", "talk.poll_choices_range");
    if (!fits) return poll;
    for (auto const& choice : poll.choices) {
        web::Mistakes long_one;
        long_one.max("poll_choices", choice, limits::poll_choice_characters_max);
        mistakes.require(!long_one.any(), "poll_choices", "talk.poll_choice_long");
    }
    return poll;
}

void add_poll(web::Site& site, database::Write& write, Id<Discussion> discussion,
              PollToAdd const& poll, Time at) {
    insert_poll(write, {PublicId::make(site.random), discussion, std::nullopt}, poll, at);
}

PollFields poll_fields(Call const& call, std::string_view post_pattern) {
    PollFields fields;
    fields.question = call.field(post_pattern, "poll_question");
    fields.choices = call.field(post_pattern, "poll_choices");
    if (!call.failed(post_pattern)) return fields;
    fields.many = call.form.find("poll_many") != nullptr;
    static_cast<void>(web::forms::read(std::string(call.form.text("poll_ends")), fields.ends));
    fields.begun = !fields.question.value.empty() || !fields.choices.value.empty() ||
                   fields.question.mistake || fields.choices.mistake;
    return fields;
}

std::optional<PollView> beginning_poll(Call const& call, Id<Discussion> discussion, bool folded) {
    auto const polls = poll_beside(call.read(), call.viewer(), discussion);
    auto const choices = choices_of(call.read(), call.viewer(), polls);
    if (polls.empty()) return std::nullopt;
    bool const open = is_open(call, call.read(), polls.front());
    auto view = view_of({call.viewer(), call.now(), open}, polls.front(), choices);
    view.folded = folded;
    return view;
}

void add_polls(Call const& call, DiscussionRow const& discussion, std::vector<CommentRow>& rows) {
    add_polls(call.read(), call.viewer(), call.now(), discussion, rows);
}

void add_polls(database::Read& read, Viewer const& viewer, Time now,
               DiscussionRow const& discussion, std::vector<CommentRow>& rows) {
    if (!discussion.group || rows.empty()) return;
    std::vector<Id<Comment>> ids;
    ids.reserve(rows.size());
    for (auto const& row : rows) ids.push_back(row.id);
    auto const polls = polls_of(read, viewer, ids);
    auto const choices = choices_of(read, viewer, polls);
    for (auto const& poll : polls) {
        auto const row = std::ranges::find(rows, *poll.comment, &CommentRow::id);
        row->poll = view_of({viewer, now, discussion.open_for_comments}, poll, choices);
    }
}

std::optional<PollView> poll_for_all(database::Read& read, Id<Comment> comment) {
    auto const polls = polls_of(read, Viewer::server(), {comment});
    auto const choices = choices_of(read, Viewer::server(), polls);
    if (polls.empty()) return std::nullopt;
    return question_of(polls.front(), choices);
}

Answer show_poll(Call& call) {
    auto const row = poll_of(call, call.read());
    auto const choices = choices_of(call.read(), call.viewer(), {row});
    PollPage view;
    view.title = row.question;
    view.back_url = place_of(call, call.read(), row);
    view.choice = call.field(vote_pattern, "choice");
    bool const open = is_open(call, call.read(), row);
    view.poll = view_of({call.viewer(), call.now(), open}, row, choices);
    return web::respond(call, view, {.title = row.question, .place = web::Place::circles});
}

web::Outcome act_vote(Call& call) {
    auto const form = web::read_form<VoteForm>(call.form);
    return web::Outcome::deed([&call, form](database::Write& write) {
        auto const row = open_poll(call, write);
        auto const choices = choices_of(write, call.viewer(), {row});
        auto const numbers = checked_choice(row, choices, form.choice);
        set_votes(write, row.id, call.viewer().member, numbers, call.now());
        return web::done(call, place_of(call, write, row), "talk.said_voted");
    });
}

web::Outcome act_vote_back(Call& call) {
    return web::Outcome::deed([&call](database::Write& write) {
        auto const row = open_poll(call, write);
        set_votes(write, row.id, call.viewer().member, {}, call.now());
        return web::done(call, place_of(call, write, row), "talk.said_vote_back");
    });
}

}  // namespace kith::talk
