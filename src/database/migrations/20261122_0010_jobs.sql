-- Work for later, at least once. A job that was done is deleted; one that is being done has its
-- run_at moved ahead, so that it comes back if who took it goes away.
create table jobs (
    id {{key}},
    kind text not null,
    payload text not null,
    run_at bigint not null,
    attempts integer not null default 0,
    -- waiting, or dead: it failed too often and waits for the host
    state text not null default 'waiting',
    last_error text not null default '',
    -- a job that comes back by itself; there is one of each kind
    recurring boolean not null default false
);

create index jobs_due on jobs (state, run_at);

create unique index jobs_recurring on jobs (kind) where recurring;
