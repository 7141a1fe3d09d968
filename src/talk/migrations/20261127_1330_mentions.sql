-- Who is told that a comment names them, as it was decided when that was written.
create table comment_mentions (
    comment bigint not null references comments (id),
    member bigint not null references members (id),
    told_at bigint not null,
    primary key (comment, member)
);
create index comment_mentions_by_member on comment_mentions (member);
