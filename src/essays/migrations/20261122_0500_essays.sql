-- Essays. state: draft, published, withdrawn. audience: anyone, members.
create table essays (
    id {{key}},
    public_id text not null unique,
    author bigint not null references members (id),
    slug text not null unique,
    title text not null,
    summary text not null,
    content_note text not null,
    excerpt text not null,
    state text not null,
    audience text not null,
    comments_closed integer not null,
    reading_minutes bigint not null,
    version bigint not null,
    discussion bigint not null references discussions (id),
    picture bigint,
    created_at bigint not null,
    edited_at bigint not null,
    published_at bigint
);
create index essays_newest on essays (state, published_at, id);
create index essays_by_author on essays (author);

-- The long text apart, so that lists read short rows. html is rendered once, when it is written.
create table essay_texts (
    essay bigint primary key references essays (id),
    markdown text not null,
    html text not null
);

-- Every address that an essay has had: an old one leads to the new one.
create table essay_slugs (
    slug text primary key,
    essay bigint not null references essays (id)
);
create index essay_slugs_by_essay on essay_slugs (essay);

-- What was saved, each time, for its author.
create table essay_versions (
    id {{key}},
    essay bigint not null references essays (id),
    version bigint not null,
    title text not null,
    summary text not null,
    content_note text not null,
    markdown text not null,
    saved_at bigint not null,
    unique (essay, version)
);

-- What is being written and not saved yet, one for each essay; base_version is what it began from.
create table essay_drafts (
    essay bigint primary key references essays (id),
    title text not null,
    summary text not null,
    content_note text not null,
    markdown text not null,
    base_version bigint not null,
    kept_at bigint not null
);

-- Pictures of an essay: the one above it (essays.picture) and those inside.
create table essay_pictures (
    id {{key}},
    public_id text not null unique,
    essay bigint not null references essays (id),
    file text not null,
    type text not null,
    width bigint not null,
    height bigint not null,
    alt text not null,
    added_at bigint not null
);
create index essay_pictures_by_essay on essay_pictures (essay);
