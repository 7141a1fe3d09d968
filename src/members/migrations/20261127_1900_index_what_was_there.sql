-- A community that is older than its index: the room `search` puts there in the background what
-- everybody holds. Where the index holds something, or nobody has joined yet, nothing is to be done.
insert into jobs (kind, payload, run_at)
select 'search.reindex', '', 0
where exists (select 1 from members) and not exists (select 1 from search_entries);
