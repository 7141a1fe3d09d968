-- What people say about an essay, and later in a circle.

create table discussions (
    id {{key}},
    public_id text not null unique,
    subject_path text not null,
    audience text not null,
    author bigint not null references members (id),
    open_for_comments integer not null
);

-- A page's order is its threads', oldest first, replies under each: coalesce(parent, id), id.
-- thread_author wrote the parent: whoever keeps distance from them sees no reply to it either.
create table comments (
    id {{key}},
    public_id text not null unique,
    discussion bigint not null references discussions (id),
    parent bigint references comments (id),
    author bigint references members (id),
    thread_author bigint references members (id),
    guest_name text,
    guest_email_hash text,
    html text not null,
    content_note text,
    state text not null,
    created_at bigint not null,
    edited_at bigint,
    idempotency_key text
);
create index comments_by_thread on comments (discussion, coalesce(parent, id), id);
create index comments_by_author on comments (author);
create index comments_to_review on comments (state) where state in ('held', 'waiting_for_email');
create unique index comments_once_by_member on comments (author, idempotency_key)
    where author is not null and idempotency_key is not null;
create unique index comments_once_by_guest on comments (guest_email_hash, idempotency_key)
    where author is null and idempotency_key is not null;

-- What was typed. Apart, because pages read only what it was rendered to.
create table comment_sources (
    comment bigint primary key references comments (id),
    markdown text not null
);

create table comment_versions (
    id {{key}},
    comment bigint not null references comments (id),
    markdown text not null,
    content_note text,
    replaced_at bigint not null
);
create index comment_versions_by_comment on comment_versions (comment, id);

-- What a steward decided, and why; the author is shown the reason.
create table comment_decisions (
    id {{key}},
    comment bigint not null references comments (id),
    steward bigint not null references members (id),
    decision text not null,
    reason text not null,
    decided_at bigint not null
);
create index comment_decisions_by_comment on comment_decisions (comment, id);

-- A guest's comment waits for the link that went to their address; the token is kept hashed.
create table comment_confirmations (
    token_hash text primary key,
    comment bigint not null references comments (id),
    language text not null,
    made_at bigint not null
);
create index comment_confirmations_by_comment on comment_confirmations (comment);

-- What happened where people listen: an event stream that was cut off is given what it missed.
create table live_events (
    id {{key}},
    public_id text not null unique,
    discussion bigint not null references discussions (id),
    comment bigint not null references comments (id),
    kind text not null,
    at bigint not null
);
create index live_events_by_discussion on live_events (discussion, id);
create index live_events_by_comment on live_events (comment);
create index live_events_by_time on live_events (at);
