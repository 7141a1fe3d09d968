-- Circles. kind: support, friends, spiritual, therapy, learning, neighbourhood. listing: listed,
-- unlisted, hidden. joining: invitation, asking, open. small is 1 until the circle may hold more
-- than twelve, and never comes back: whom distance has hidden there stays hidden (SAFETY 2).
-- A closed circle can be read until erase_at.
create table circles (
    id {{key}},
    public_id text not null unique,
    name text not null,
    purpose text not null,
    kind text not null,
    size_max bigint not null,
    small integer not null,
    listing text not null,
    joining text not null,
    history_open integer not null,
    agreement_version bigint not null,
    talk_group bigint not null references talk_groups (id),
    made_by bigint references members (id),
    made_at bigint not null,
    closed_at bigint,
    erase_at bigint
);
create index circles_to_find on circles (listing) where closed_at is null;
create index circles_to_erase on circles (erase_at) where erase_at is not null;

-- What the members of a circle ask of each other, each wording that they had.
create table circle_agreements (
    id {{key}},
    circle bigint not null references circles (id),
    version bigint not null,
    markdown text not null,
    made_at bigint not null,
    unique (circle, version)
);

-- agreed_version is the wording that the member accepted last.
create table circle_members (
    id {{key}},
    circle bigint not null references circles (id),
    member bigint not null references members (id),
    keeper integer not null,
    joined_at bigint not null,
    agreed_version bigint not null,
    unique (circle, member)
);
create index circle_members_by_member on circle_members (member);

-- What a circle shares. kind: culture, values, experiences, goals. folded is how two words are
-- compared: without capitals.
create table circle_tags (
    id {{key}},
    circle bigint not null references circles (id),
    kind text not null,
    word text not null,
    folded text not null
);
create index circle_tags_by_circle on circle_tags (circle);
create index circle_tags_by_word on circle_tags (folded);
