-- The same answers as before, each with the comment that it is, or that it was given to without words:
-- whoever doesn't see that one has no answer in it.
drop view human_replies;
create view human_replies as
select c.discussion as discussion, c.id as comment, c.parent as answers,
       coalesce(c.author, 0) as member, c.created_at as replied_at
from comments c
where c.state = 'published'
union all
select c.discussion, c.id, k.comment, k.member, k.given_at
from kind_replies k join comments c on c.id = k.comment
where c.state = 'published';

-- Words that wait for a human answer, and how far their author lets them travel while none comes.
-- kind: which of the slices' words they are. patience: stay, day, three_days, week, counted from
-- chosen_at and then from travelled_at. reach: here, greeters, guides. answers: where those whom words
-- of a closed group have reached answer them, apart from what the group says.
create table discussion_waits (
    discussion bigint primary key references discussions (id),
    kind text not null,
    patience text not null,
    reach text not null,
    begun_at bigint not null,
    chosen_at bigint not null,
    travelled_at bigint,
    answers bigint unique references discussions (id)
);
create index discussion_waits_by_time on discussion_waits (begun_at);

-- Answers of others that the author of what is talked about can see. beneath: who wrote what one
-- answers, or 0.
create view author_answers as
select d.id as discussion, r.member as member, coalesce(p.author, 0) as beneath,
       d.small_circle as in_small, r.replied_at as replied_at
from discussions d join human_replies r on r.discussion = d.id
left join comments p on p.id = r.answers
where r.member <> d.author
  and (d.small_circle = 1
       or (not exists (select 1 from separations s
                       where s.viewer = d.author and s.other in (r.member, p.author))
           and not exists (select 1 from quote_separations q
                           where q.viewer = d.author and q.comment in (r.comment, r.answers))));

-- The same of words that wait, wherever they were answered.
create view wait_answers as
select w.discussion as discussion, a.member as member, a.beneath as beneath,
       a.in_small as in_small, a.replied_at as replied_at
from discussion_waits w join author_answers a on a.discussion = w.discussion
union all
select w.discussion, a.member, a.beneath, a.in_small, a.replied_at
from discussion_waits w join author_answers a on a.discussion = w.answers;

-- Who answers first hellos. greeting: a sentence of their own.
create table greeters (
    member bigint primary key references members (id),
    greeting text not null,
    named_at bigint not null
);
