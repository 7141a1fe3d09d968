-- The circles, by the place that notices of what happens in them name.
drop view place_names;
create view place_names as
select 'group ' || cast(c.talk_group as text) as place, c.name as name from circles c;
