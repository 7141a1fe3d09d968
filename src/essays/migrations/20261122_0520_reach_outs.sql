-- What someone says before others write to them.
create table reach_out_offers (
    member bigint primary key references members (id),
    takes_letters integer not null,
    takes_guests integer not null,
    when_read text not null,
    answer_days bigint not null,
    languages text not null,
    expect text not null,
    changed_at bigint not null
);

-- A private letter to an author or a guide, and what follows. Only the two may read it.
-- state: waiting_for_email, received, read, answered, closed. sender is null for a guest, whose
-- address is wiped when it is closed.
create table reach_outs (
    id {{key}},
    public_id text not null unique,
    recipient bigint not null references members (id),
    sender bigint references members (id),
    guest_name text not null,
    guest_email text,
    language text not null,
    essay bigint references essays (id),
    state text not null,
    idempotency_key text,
    written_at bigint not null,
    read_at bigint,
    answered_at bigint,
    changed_at bigint not null,
    unique (sender, idempotency_key)
);
create index reach_outs_by_recipient on reach_outs (recipient, changed_at);
create index reach_outs_by_sender on reach_outs (sender, recipient);

create table reach_out_letters (
    id {{key}},
    reach_out bigint not null references reach_outs (id),
    by_recipient integer not null,
    html text not null,
    markdown text not null,
    written_at bigint not null
);
create index reach_out_letters_by_reach_out on reach_out_letters (reach_out);

-- A guest's links, each stored as its keyed hash.
create table reach_out_links (
    token_hash text primary key,
    reach_out bigint not null references reach_outs (id),
    expires_at bigint not null
);
create index reach_out_links_by_reach_out on reach_out_links (reach_out);
