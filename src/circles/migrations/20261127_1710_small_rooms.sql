-- Circles small enough that nobody in them can be invisible to another, by who meets whom there.
drop view small_rooms;
create view small_rooms as
select a.member as viewer, b.member as other, c.name as name, '/circles/' || c.public_id as url,
       b.keeper as other_keeps
from circle_members a
join circles c on c.id = a.circle and c.small = 1
join circle_members b on b.circle = c.id and b.member <> a.member;
