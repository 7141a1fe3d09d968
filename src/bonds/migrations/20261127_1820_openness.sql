-- How far a member lets anybody come: circles, letters, open. Without a row: circles. Resting is a
-- row in rests, so that coming back finds the dial as it was.
create table openness (
    member bigint primary key references members (id),
    dial text not null
);

-- When words reach a member (now, daily, weekly), and for how many minutes they can take back what
-- they send themselves. Without a row: now, and 0.
create table paces (
    member bigint primary key references members (id),
    delivery text not null,
    unsend_minutes bigint not null
);

-- The highest step that this community has.
create table bond_ceiling (
    id integer primary key check (id = 1),
    step bigint not null
);
insert into bond_ceiling (id, step) values (1, 5);

-- What two members have between them of letters and more: the least of what each gave, of both
-- dials and of the ceiling; nothing while they are apart, one rests, or an account isn't in use.
drop view bond_pages;
create view bond_pages as
select a.member as viewer, a.other as other
from bonds a
join bonds b on b.member = a.other and b.other = a.member and b.step >= 3
join members m on m.id = a.member and m.state = 'active'
join members n on n.id = a.other and n.state = 'active'
join openness p on p.member = a.member and p.dial in ('letters', 'open')
join openness q on q.member = a.other and q.dial in ('letters', 'open')
join bond_ceiling c on c.id = 1 and c.step >= 3
where a.step >= 3
  and not exists (select 1 from rests r where r.member = a.member)
  and not exists (select 1 from rests r where r.member = a.other)
  and not exists (select 1 from separations s where s.viewer = a.member and s.other = a.other);
