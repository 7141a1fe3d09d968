-- What a member gave another, by steps: 2 hello, 3 letters, 4 near, 5 kin. Each row is one's own:
-- what two have between them is the least of both and of much else. since: when this step was
-- reached. name: how the member knew the other. Keeping distance ends a row, so that it stands here.
create table bonds (
    member bigint not null references members (id),
    other bigint not null references members (id),
    step bigint not null,
    since bigint not null,
    name text not null,
    primary key (member, other)
);
create index bonds_by_other on bonds (other);

-- A step offered. It fades by itself, and its row says when one may be made again. state: open,
-- ignored, which is for the other to know alone, taken_back.
create table bond_offers (
    member bigint not null references members (id),
    other bigint not null references members (id),
    step bigint not null,
    state text not null,
    offered_at bigint not null,
    name text not null,
    primary key (member, other)
);
create index bond_offers_by_other on bond_offers (other);

-- What a member lets another do or know beside a step. kind: care, at near; contact, at kin, with
-- the member's own words to this person.
create table bond_consents (
    member bigint not null references members (id),
    other bigint not null references members (id),
    kind text not null,
    words text not null,
    given_at bigint not null,
    primary key (member, other, kind)
);
create index bond_consents_by_other on bond_consents (other);

-- Who rests from everything; until null: until they come back by themselves. The row goes when the
-- rest ends. What they are told meanwhile waits unseen: news of a rest is never a backlog.
create table rests (
    member bigint primary key references members (id),
    since bigint not null,
    until bigint
);
create index rests_by_end on rests (until) where until is not null;

-- Who is in a circle with whom; small is 1 where nobody there can be invisible. Nobody by itself:
-- the room that has circles puts its own view in this one's place.
create view circle_companions as
select s.viewer as viewer, s.other as other, 0 as small from separations s where 1 = 0;

-- Whose page is open to whom by what they have between them; see circle_companions.
create view bond_pages as
select s.viewer as viewer, s.other as other from separations s where 1 = 0;
