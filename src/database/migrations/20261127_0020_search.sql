-- What can be found, as words; see search.hpp. An entry's id is its place: newer ones are greater.
create table search_entries (
    id {{key}},
    kind text not null,
    thing bigint not null,
    scope text not null,
-- sqlite: words text not null
-- postgres: words tsvector not null
);
create unique index search_entries_by_thing on search_entries (kind, thing);

-- The words come split and folded: the tokenizer parts them at spaces and leaves them as they are.
-- sqlite: create virtual table search_index using fts5
-- sqlite: (kind, scope, words, content='search_entries', content_rowid='id', tokenize='ascii');
-- sqlite: create virtual table search_terms using fts5vocab(search_index, 'instance');
-- postgres: create index search_entries_by_words on search_entries using gin (words);
