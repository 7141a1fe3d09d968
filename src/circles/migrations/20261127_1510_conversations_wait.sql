-- What was begun before words could travel stays where it is, and is looked at by its keepers.
insert into discussion_waits (discussion, kind, patience, reach, begun_at, chosen_at)
select v.discussion, 'conversation', 'stay', 'here', v.begun_at, v.begun_at
from conversations v where v.withdrawn = 0;
