-- 1 where its member rested when it came: it is in no list, and told by no mail; only the short
-- list of what was missed holds it.
alter table notices add column rested integer not null default 0;
