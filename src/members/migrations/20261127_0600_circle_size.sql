-- How large a circle may be made here, at most.
alter table community add column circle_size_max bigint not null default 12;
