-- Who asks to come in. state: waiting, not_now, withdrawn; of the first two the asker sees the same.
-- One row for each circle and member: it says when they may ask again.
create table circle_requests (
    id {{key}},
    public_id text not null unique,
    circle bigint not null references circles (id),
    member bigint not null references members (id),
    words text not null,
    state text not null,
    agreed_version bigint not null,
    asked_at bigint not null,
    unique (circle, member)
);
create index circle_requests_by_member on circle_requests (member);

-- Invitations: of a member, by the name that a keeper typed (member is null where nobody could be
-- meant), or by a link that works once, kept as its keyed hash. state: open, used, ignored, withdrawn.
create table circle_invitations (
    id {{key}},
    public_id text not null unique,
    circle bigint not null references circles (id),
    made_by bigint references members (id),
    member bigint references members (id),
    to_name text not null,
    token_hash text unique,
    state text not null,
    made_at bigint not null,
    expires_at bigint not null
);
create index circle_invitations_by_circle on circle_invitations (circle);
create index circle_invitations_by_member on circle_invitations (member);
create index circle_invitations_by_maker on circle_invitations (made_by);

-- Who was taken out of a circle, and the reason, for them alone. While it isn't lifted, only a keeper
-- can let them in again.
create table circle_removals (
    id {{key}},
    public_id text not null unique,
    circle bigint not null references circles (id),
    member bigint not null references members (id),
    reason text not null,
    removed_at bigint not null,
    put_away integer not null,
    lifted integer not null
);
create index circle_removals_by_member on circle_removals (member, circle);
create index circle_removals_by_circle on circle_removals (circle);
