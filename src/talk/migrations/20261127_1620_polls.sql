-- Questions with choices, in a group: comment is null where one stands with what begins the
-- discussion. Who has answered what is shown nobody, only numbers.
create table polls (
    id {{key}},
    public_id text not null unique,
    discussion bigint not null references discussions (id),
    comment bigint unique references comments (id),
    question text not null,
    many integer not null,
    ends_at bigint,
    made_at bigint not null
);
create index polls_by_discussion on polls (discussion);
create table poll_choices (
    id {{key}},
    poll bigint not null references polls (id) on delete cascade,
    number bigint not null,
    words text not null,
    unique (poll, number)
);
create table poll_votes (
    poll bigint not null references polls (id) on delete cascade,
    choice bigint not null references poll_choices (id) on delete cascade,
    member bigint not null references members (id),
    voted_at bigint not null,
    primary key (choice, member)
);
create index poll_votes_by_member on poll_votes (member, poll);
