-- What a member shares, for themselves alone unless they show it to the members of their circles.
create table member_tags (
    id {{key}},
    member bigint not null references members (id),
    kind text not null,
    word text not null,
    folded text not null
);
create index member_tags_by_member on member_tags (member, folded);
create table member_sharing (
    member bigint primary key references members (id),
    shown integer not null
);
