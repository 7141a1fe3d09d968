-- The record of security events, each entry covering the one before it by its hash.
create table audit (
    id {{key}},
    at bigint not null,
    what text not null,
    who text not null,
    about text not null,
    previous text not null,
    hash text not null
);
