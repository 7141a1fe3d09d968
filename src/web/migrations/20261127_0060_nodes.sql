-- What several nodes of one community share beside its own rows; alone, a server writes none of it.

-- Whose event streams were to end, so that a node that wasn't told finds it here. Within an hour
-- a row is gone: no stream is as old.
create table stream_ends (
    id {{key}},
    member bigint not null,
    at bigint not null
);
create index stream_ends_by_time on stream_ends (at);

-- How often each actor did what, under a keyed hash of both. Not worth a log that outlives a crash:
-- an emptied table counts from the beginning.
-- sqlite: create table rate_counts (
-- postgres: create unlogged table rate_counts (
    what text primary key,
    free_at bigint not null,
    step bigint not null
);
create index rate_counts_by_time on rate_counts (free_at);

-- A hash that only the holder of the community's secret can make: a node with another one is told
-- so at its start.
create table shared_secret (
    id bigint primary key check (id = 1),
    hash text not null
);
