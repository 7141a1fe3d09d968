-- What the host may let members do, and who is seen as an author.

alter table community add column members_may_invite integer not null default 0;

-- 1 while something that they published can be read.
alter table members add column author integer not null default 0;

create index members_to_erase on members (erase_at) where erase_at is not null;
