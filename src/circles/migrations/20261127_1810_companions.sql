-- Who meets whom in a circle that isn't closed.
drop view circle_companions;
create view circle_companions as
select a.member as viewer, b.member as other, c.small as small
from circle_members a
join circles c on c.id = a.circle and c.closed_at is null
join circle_members b on b.circle = c.id and b.member <> a.member;
