-- Conversations of a circle: how one began, beside its discussion in talk. asks_for: listening,
-- ideas, company, nothing. One that was withdrawn is an empty place that nobody can read.
create table conversations (
    id {{key}},
    public_id text not null unique,
    circle bigint not null references circles (id),
    discussion bigint not null unique references discussions (id),
    author bigint not null references members (id),
    title text not null,
    content_note text not null,
    asks_for text not null,
    markdown text not null,
    html text not null,
    idempotency_key text,
    begun_at bigint not null,
    pinned integer not null,
    closed integer not null,
    open_to_later integer not null,
    slow_minutes bigint not null,
    withdrawn integer not null,
    unique (author, idempotency_key)
);
create index conversations_by_circle on conversations (circle);
create index conversations_by_author on conversations (author);

-- How far a member has read: the latest comment that they were shown, so that "new to you" is the same
-- on each of their devices.
create table conversation_positions (
    conversation bigint not null references conversations (id),
    member bigint not null references members (id),
    comment bigint not null,
    primary key (conversation, member)
);
create index conversation_positions_by_member on conversation_positions (member);
