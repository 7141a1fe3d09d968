-- From whom a member keeps distance, and whom they mute: theirs alone to know. The effect of the
-- first is symmetric and stands in separations; it ends when neither of the two keeps distance.
-- name: how the member knew the other, who may be hidden from them since.
create table distances (
    member bigint not null references members (id),
    other bigint not null references members (id),
    name text not null,
    since bigint not null,
    primary key (member, other)
);
create index distances_by_other on distances (other);

create table mutes (
    member bigint not null references members (id),
    other bigint not null references members (id),
    name text not null,
    since bigint not null,
    primary key (member, other)
);
create index mutes_by_other on mutes (other);

-- In which rooms two members meet where nobody can be invisible (SAFETY 2). None by itself: the
-- room that has such rooms puts its own view in this one's place.
create view small_rooms as
select s.viewer as viewer, s.other as other, '' as name, '' as url, 0 as other_keeps
from separations s where 1 = 0;
