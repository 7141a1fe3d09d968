-- Mail on its way. A row is made in the deed that causes it and sent by a job afterwards.
create table mail_queue (
    id {{key}},
    public_id text not null unique,
    recipient text not null,
    subject text not null,
    body text not null,
    kind text not null,
    state text not null,
    attempts integer not null default 0,
    last_error text not null default '',
    forget_address integer not null,
    queued_at bigint not null,
    settled_at bigint
);
create index mail_queue_by_state on mail_queue (state, id);
