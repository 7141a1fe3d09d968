-- The last words of a discussion, as lists of conversations tell them.
create index comments_by_discussion on comments (discussion, id);
