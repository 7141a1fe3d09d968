-- The circles of small_rooms with the place that notices name: that of the circle's readers.
drop view small_rooms;
create view small_rooms as
select a.member as viewer, b.member as other, c.name as name, '/circles/' || c.public_id as url,
       b.keeper as other_keeps, 'group ' || cast(c.talk_group as text) as place
from circle_members a
join circles c on c.id = a.circle and c.small = 1
join circle_members b on b.circle = c.id and b.member <> a.member;
