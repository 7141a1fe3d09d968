-- Pictures in comments, in the order in which they were sent. file is a name in the file store; alt
-- is empty where its author didn't describe it.
create table comment_pictures (
    id {{key}},
    public_id text not null unique,
    comment bigint not null references comments (id),
    file text not null,
    type text not null,
    width bigint not null,
    height bigint not null,
    alt text not null,
    added_at bigint not null
);
create index comment_pictures_by_comment on comment_pictures (comment);
