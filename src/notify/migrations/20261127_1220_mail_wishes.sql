-- Mail that can be ended by one click (RFC 8058), and addresses that take none.

alter table mail_queue add column unsubscribe_url text not null default '';

-- One for each mail that went out; the token is kept as its keyed hash.
create table unsubscribe_links (
    token_hash text primary key,
    member bigint not null references members (id),
    made_at bigint not null
);
create index unsubscribe_links_by_member on unsubscribe_links (member);

-- A member's confirmed address that refused mail: so many times in a row, and since when it counts
-- as refusing. Confirming it after that makes it good again.
create table refusing_addresses (
    address text primary key,
    refusals bigint not null,
    refuses_since bigint
);
