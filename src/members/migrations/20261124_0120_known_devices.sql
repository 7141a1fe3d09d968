-- Own devices on which a member has signed in before: each has tries of its own to sign in again.

create table known_devices (
    id {{key}},
    token_hash text not null unique,
    member bigint not null references members (id),
    seen_at bigint not null
);
create index known_devices_by_member on known_devices (member, seen_at);
