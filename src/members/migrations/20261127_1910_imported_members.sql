-- Who came along from elsewhere. origin: a keyed hash of where from and of who they were there, so
-- that an import that is run again finds them; also those who have erased their account since, and
-- don't come back by it.
create table imported_members (
    origin text primary key,
    member bigint not null references members (id)
);
create index imported_members_by_member on imported_members (member);
