-- Which comments stand, quoted, in which others; what a quoted one quotes itself is quoted too.
-- Nothing is removed from here: the history of a comment still shows what it once quoted.
create table comment_quotes (
    comment bigint not null references comments (id),
    quoted bigint not null references comments (id),
    primary key (comment, quoted)
);
create index comment_quotes_by_quoted on comment_quotes (quoted);

-- Who sees a comment as little as what it quotes, because of the distance to whoever wrote that.
create view quote_separations as
select s.viewer as viewer, q.comment as comment
from comment_quotes q join comments o on o.id = q.quoted
join separations s on s.other in (o.author, o.thread_author);
