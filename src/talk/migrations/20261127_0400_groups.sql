-- Who may read a group's discussions: a circle's members, and nobody else, the server's own
-- stewards included. small: a room where nobody can be invisible (SAFETY 2): there, what people
-- who keep distance from each other say stays where it is.
create table talk_groups (
    id {{key}},
    small integer not null
);

-- What was begun before reads_from stays closed to the member unless it is opened to later ones.
create table talk_group_members (
    talk_group bigint not null references talk_groups (id),
    member bigint not null references members (id),
    reads_from bigint not null,
    primary key (talk_group, member)
);
create index talk_group_members_by_member on talk_group_members (member);

alter table discussions add column talk_group bigint references talk_groups (id);
-- The group's own, beside each of its discussions, since every page of comments asks for it.
alter table discussions add column small_circle integer not null default 0;
alter table discussions add column begun_at bigint not null default 0;
alter table discussions add column open_to_later integer not null default 0;
create index discussions_by_group on discussions (talk_group) where talk_group is not null;
