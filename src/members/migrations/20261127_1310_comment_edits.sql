-- How many hours after it was sent its author may change the words of a comment.
alter table community add column comment_edit_hours integer not null default 24;
