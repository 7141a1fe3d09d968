-- Where a browser can be reached while it is signed in (RFC 8030, 8291). endpoint, p256dh and auth
-- are what the browser gave; the subscription ends with its session.
create table push_subscriptions (
    id {{key}},
    member bigint not null references members (id),
    session bigint not null,
    endpoint text not null unique,
    p256dh text not null,
    auth text not null,
    made_at bigint not null
);
create index push_subscriptions_by_member on push_subscriptions (member);
create index push_subscriptions_by_session on push_subscriptions (session);

-- Words on their way to one browser; a row is made in the deed that marks the notice as told.
create table push_queue (
    id {{key}},
    subscription bigint not null references push_subscriptions (id) on delete cascade,
    attempts bigint not null default 0,
    queued_at bigint not null
);
