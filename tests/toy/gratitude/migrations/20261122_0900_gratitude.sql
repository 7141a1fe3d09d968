create table gratitude_notes (
    id {{key}},
    public_id text not null unique,
    author bigint not null,
    words text not null,
    written_at bigint not null
);
