#include "talk/polls_store.hpp"

#include "base/id_list.hpp"
#include "base/limits.hpp"
#include "talk/comment_store.hpp"
#include "talk/discussion_store.hpp"

namespace kith::talk {
namespace {

using database::bind;
using database::execute;
using database::joined;
using database::maybe;
using database::rows;
using database::Sql;

// Numbers are counted for each viewer: without people apart from them, but in a small circle, where
// nobody can be invisible, and without whoever is being erased.
constexpr char columns[] = R"sql(
    select p.id, p.public_id, p.discussion, p.comment, c.public_id, p.question, p.many, p.ends_at,
           (select count(distinct v.member) from poll_votes v join members m on m.id = v.member
            where v.poll = p.id and (m.state <> 'erasing' or m.id = :viewer)
              and (d.small_circle = 1
                   or not exists (select 1 from separations s
                                  where s.viewer = :viewer and s.other = v.member)))
    from polls p join discussions d on d.id = p.discussion
    left join comments c on c.id = p.comment
)sql";

constexpr char in_comments_sqlite[] =
    " where p.comment in (select value from json_each(:comments)) order by p.comment";
constexpr char in_comments_postgres[] =
    " where p.comment in (select cast(x.value as bigint)"
    " from json_array_elements_text(cast(:comments as json)) x) order by p.comment";
constexpr char beside_beginning[] = " where p.discussion = :discussion and p.comment is null";
constexpr char by_public_id[] = " where p.public_id = :poll";

constexpr auto of_comments_sqlite = joined(columns, in_comments_sqlite);
constexpr auto of_comments_postgres = joined(columns, in_comments_postgres);
constexpr Sql of_comments{
    {.sqlite = of_comments_sqlite.text, .postgres = of_comments_postgres.text}};
constexpr auto of_beginning_text = joined(columns, beside_beginning);
constexpr Sql of_beginning = of_beginning_text.text;
constexpr auto by_id_text = joined(columns, by_public_id);
constexpr Sql by_id = by_id_text.text;

constexpr char choice_columns[] = R"sql(
    select h.poll, h.number, h.words,
           (select count(*) from poll_votes v join members m on m.id = v.member
            where v.choice = h.id and (m.state <> 'erasing' or m.id = :viewer)
              and (d.small_circle = 1
                   or not exists (select 1 from separations s
                                  where s.viewer = :viewer and s.other = v.member))),
           case when exists (select 1 from poll_votes v
                             where v.choice = h.id and v.member = :viewer) then 1 else 0 end
    from poll_choices h join polls p on p.id = h.poll join discussions d on d.id = p.discussion
)sql";
constexpr char in_polls_sqlite[] =
    " where h.poll in (select value from json_each(:polls)) order by h.poll, h.number";
constexpr char in_polls_postgres[] =
    " where h.poll in (select cast(x.value as bigint)"
    " from json_array_elements_text(cast(:polls as json)) x) order by h.poll, h.number";
constexpr auto choices_sqlite = joined(choice_columns, in_polls_sqlite);
constexpr auto choices_postgres = joined(choice_columns, in_polls_postgres);
constexpr Sql choices_sql{{.sqlite = choices_sqlite.text, .postgres = choices_postgres.text}};

constexpr Sql insert = R"(
    insert into polls (public_id, discussion, comment, question, many, ends_at, made_at)
    values (:public_id, :discussion, :comment, :question, :many, :ends_at, :at) returning id)";
constexpr Sql insert_choice = R"(
    insert into poll_choices (poll, number, words) values (:poll, :number, :words))";

constexpr Sql forget_votes = "delete from poll_votes where poll = :poll and member = :member";
constexpr Sql vote = R"(
    insert into poll_votes (poll, choice, member, voted_at)
    select h.poll, h.id, cast(:member as bigint), cast(:at as bigint) from poll_choices h
    where h.poll = :poll and h.number = :number)";

constexpr Sql drop_in = "delete from polls where comment = :comment";
constexpr Sql drop_beside = "delete from polls where discussion = :discussion and comment is null";
constexpr Sql drop_by = R"(
    delete from polls where comment in (select c.id from comments c where c.author = :author))";
constexpr Sql drop_of_group = R"(
    delete from polls where discussion in (
        select d.id from discussions d where d.talk_group = :talk_group))";
constexpr Sql drop_votes = "delete from poll_votes where member = :member";

std::optional<Time> end_of(PollEnds ends, Time at) {
    using days = std::chrono::days;
    switch (ends) {
        case PollEnds::day: return at + days(1);
        case PollEnds::three_days: return at + days(3);
        case PollEnds::week: return at + days(7);
        case PollEnds::never: break;
    }
    return std::nullopt;
}

}  // namespace

std::vector<PollRow> polls_of(database::Read& read, Viewer const& viewer,
                              std::vector<Id<Comment>> const& comments) {
    return rows<PollRow>(read, of_comments, bind("viewer", viewer.member),
                         bind("comments", id_list(comments)));
}

std::vector<PollRow> poll_beside(database::Read& read, Viewer const& viewer,
                                 Id<Discussion> discussion) {
    return rows<PollRow>(read, of_beginning, bind("viewer", viewer.member),
                         bind("discussion", discussion));
}

std::vector<ChoiceRow> choices_of(database::Read& read, Viewer const& viewer,
                                  std::vector<PollRow> const& polls) {
    std::vector<Id<Poll>> ids;
    ids.reserve(polls.size());
    for (auto const& poll : polls) ids.push_back(poll.id);
    return rows<ChoiceRow>(read, choices_sql, bind("viewer", viewer.member),
                           bind("polls", id_list(ids)));
}

std::optional<PollRow> find_poll(database::Read& read, Viewer const& viewer, PublicId const& poll) {
    // The same statements whether it is there or not.
    auto row = maybe<PollRow>(read, by_id, bind("viewer", viewer.member), bind("poll", poll));
    auto const of = row && row->comment ? *row->comment : Id<Comment>{};
    bool const words = find_comment(read, viewer, of).has_value();
    auto const in = row ? row->discussion : Id<Discussion>{};
    bool const place = find_discussion(read, viewer, in).has_value();
    if (row && (!place || (row->comment && !words))) row.reset();
    return row;
}

void insert_poll(database::Write& write, PollPlace const& place, PollToAdd const& poll, Time at) {
    auto const id = database::one<Id<Poll>>(
        write, insert, bind("public_id", place.public_id), bind("discussion", place.discussion),
        bind("comment", place.comment), bind("question", poll.question), bind("many", poll.many),
        bind("ends_at", end_of(poll.ends, at)), bind("at", at));
    std::int64_t number = 0;
    for (auto const& words : poll.choices)
        execute(write, insert_choice, bind("poll", id), bind("number", ++number),
                bind("words", words));
}

void set_votes(database::Write& write, Id<Poll> poll, Id<Member> member,
               std::vector<std::int64_t> const& numbers, Time at) {
    execute(write, forget_votes, bind("poll", poll), bind("member", member));
    for (auto const number : numbers)
        execute(write, vote, bind("member", member), bind("at", at), bind("poll", poll),
                bind("number", number));
}

void drop_poll_in(database::Write& write, Id<Comment> comment) {
    execute(write, drop_in, bind("comment", comment));
}

void drop_beginning_poll(database::Write& write, Id<Discussion> discussion) {
    execute(write, drop_beside, bind("discussion", discussion));
}

void drop_polls_by(database::Write& write, Id<Member> author) {
    execute(write, drop_by, bind("author", author));
}

void drop_polls_of_group(database::Write& write, Id<Group> group) {
    execute(write, drop_of_group, bind("talk_group", group));
}

void drop_votes_of(database::Write& write, Id<Member> member) {
    execute(write, drop_votes, bind("member", member));
}

constexpr Sql asked_by = R"(
    select d.subject_path, p.made_at, p.question, h.words
    from polls p join discussions d on d.id = p.discussion join poll_choices h on h.poll = p.id
    left join comments c on c.id = p.comment
    where coalesce(c.author, d.author) = :member and :viewer = -1
    order by p.id, h.number)";

// The words are somebody else's: only where the member may still read them.
constexpr Sql answered_by = R"(
    select d.subject_path, v.voted_at, p.question, h.words
    from poll_votes v join poll_choices h on h.id = v.choice join polls p on p.id = v.poll
    join discussions d on d.id = p.discussion
    join talk_group_members g on g.talk_group = d.talk_group and g.member = v.member
    left join comments c on c.id = p.comment
    where v.member = :member and :viewer = -1 and d.audience = 'group'
      and (g.reads_from <= d.begun_at or d.open_to_later = 1)
      and (d.small_circle = 1
           or not exists (select 1 from separations s
                          where s.viewer = :member
                            and s.other in (d.author, c.author, c.thread_author)))
    order by v.voted_at, h.id)";

std::vector<OwnPollRow> polls_by(database::Read& read, Viewer const& viewer, Id<Member> member) {
    return rows<OwnPollRow>(read, asked_by, bind("member", member), bind("viewer", viewer.member));
}

std::vector<OwnPollRow> votes_by(database::Read& read, Viewer const& viewer, Id<Member> member) {
    return rows<OwnPollRow>(read, answered_by, bind("member", member),
                            bind("viewer", viewer.member));
}

}  // namespace kith::talk
