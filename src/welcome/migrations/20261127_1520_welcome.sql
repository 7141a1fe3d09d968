-- How members say hello: one each, with its discussion. greeter: who was asked by name to read it.
create table introductions (
    id {{key}},
    public_id text not null unique,
    member bigint not null unique references members (id),
    discussion bigint not null unique references discussions (id),
    greeter bigint references members (id),
    markdown text not null,
    html text not null,
    written_at bigint not null
);
create index introductions_by_greeter on introductions (greeter) where greeter is not null;

-- What a member has put aside of their first week; the step 'all' is the whole of it.
create table first_week_skips (
    member bigint not null references members (id),
    step text not null,
    skipped_at bigint not null,
    primary key (member, step)
);
