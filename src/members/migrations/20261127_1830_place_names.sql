-- What the places of notices are called, for who may hear of them. None by itself: the room that has
-- such places puts its own view in this one's place.
create view place_names as
select '' as place, '' as name from separations s where 1 = 0;
