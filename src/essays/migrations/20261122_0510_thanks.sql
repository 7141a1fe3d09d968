-- An essay sent on with a note. An address is never kept here: it goes with its mail.
-- receiver is null for a mail, and where nobody could receive it; to_name is what was typed.
create table thanks (
    id {{key}},
    public_id text not null unique,
    essay bigint not null references essays (id),
    sender bigint not null references members (id),
    receiver bigint references members (id),
    by_mail integer not null,
    to_name text not null,
    token_hash text unique,
    note text not null,
    idempotency_key text,
    sent_at bigint not null,
    expires_at bigint,
    received_at bigint,
    put_away_by_receiver integer not null,
    put_away_by_sender integer not null,
    unique (sender, idempotency_key)
);
create index thanks_by_receiver on thanks (receiver);
create index thanks_by_essay on thanks (essay);
