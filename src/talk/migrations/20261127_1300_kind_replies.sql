-- What a reader tells the author of a comment without words: one for each member and comment.
-- Only that author reads it, so that nothing is counted in front of others.
create table kind_replies (
    comment bigint not null references comments (id),
    member bigint not null references members (id),
    kind text not null,
    given_at bigint not null,
    primary key (comment, member)
);
create index kind_replies_by_member on kind_replies (member);

-- Every answer of a person, with words or without: what tells whether someone speaks into silence.
-- answers: the comment that is answered; null when it is what the discussion is about. A guest's
-- member is 0.
create view human_replies as
select c.discussion as discussion, c.parent as answers, coalesce(c.author, 0) as member,
       c.created_at as replied_at
from comments c
where c.state = 'published'
union all
select c.discussion, k.comment, k.member, k.given_at
from kind_replies k join comments c on c.id = k.comment
where c.state = 'published';
