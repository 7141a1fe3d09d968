-- Where what a notice tells of can be seen by who belongs there; whoever leaves hears no more of it.
alter table notices add column place text;
create index notices_by_place on notices (place, member) where place is not null;
