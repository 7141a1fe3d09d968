-- Whoever may read a comment may read how it read before: but what was written before this, its
-- author was told that nobody would see, and what a steward had not let stand nobody did see.
alter table comment_versions add column was_published integer not null default 0;
