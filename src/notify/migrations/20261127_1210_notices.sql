-- What members are told of. delivery: none (in the app only), waiting (until due_at), done.
create table notices (
    id {{key}},
    public_id text not null unique,
    member bigint not null references members (id),
    kind text not null,
    url text not null,
    arguments text not null,
    about text not null,
    sender bigint references members (id),
    made_at bigint not null,
    seen_at bigint,
    way text not null,
    delivery text not null,
    due_at bigint not null
);
create index notices_by_member on notices (member, id);
create unique index notices_unseen on notices (member, kind, about) where seen_at is null;
create index notices_unseen_about on notices (kind, about) where seen_at is null;
create index notices_due on notices (due_at) where delivery = 'waiting';
create index notices_by_age on notices (made_at);

-- Whose doing a notice tells of, and under whose words that stands: whoever is apart from one of
-- them doesn't see it.
create table notice_people (
    notice bigint not null references notices (id) on delete cascade,
    member bigint not null references members (id),
    primary key (notice, member)
);
create index notice_people_by_member on notice_people (member);

-- How a member wants to be told; without a row, as the house does by itself. Times are minutes
-- after midnight by the clock on the member's wall.
create table notice_settings (
    member bigint primary key references members (id),
    mail integer not null,
    wording text not null,
    quiet_from bigint not null,
    quiet_until bigint not null,
    digest_at bigint not null
);

-- The way that a member chose for a kind of notice: app, digest, at_once.
create table notice_ways (
    member bigint not null references members (id),
    kind text not null,
    way text not null,
    primary key (member, kind)
);
