-- When members offered steps lately, whatever came of it: nobody makes too many in a day.
create table offers_made (
    member bigint not null references members (id),
    made_at bigint not null
);
create index offers_made_by_member on offers_made (member, made_at);
create index offers_made_by_time on offers_made (made_at);
insert into offers_made (member, made_at) select member, offered_at from bond_offers;
