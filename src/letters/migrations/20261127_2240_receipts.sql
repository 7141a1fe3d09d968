-- Showing what one has read is given at near, like other consents, and ends with the step.
insert into bond_consents (member, other, kind, words, given_at)
select s.member, s.other, 'receipts', '', s.receipts_since
from letter_sides s
join bonds b on b.member = s.member and b.other = s.other and b.step >= 4
where s.receipts_since is not null;
alter table letter_sides drop column receipts_since;
