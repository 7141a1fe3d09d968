-- Notes of a few words. state: sent, delivered, withheld (what they had ended before it arrived);
-- the sender sees the same of each. recipient_name: as the sender knew them. deliver_at is the receiver's pace, and theirs alone to know.
create table hello_notes (
    id {{key}},
    public_id text not null unique,
    sender bigint not null references members (id),
    recipient bigint not null references members (id),
    recipient_name text not null,
    words text not null,
    state text not null,
    sent_at bigint not null,
    unsend_until bigint not null,
    deliver_at bigint not null
);
create index hello_notes_by_pair on hello_notes (sender, recipient, sent_at);
create index hello_notes_by_recipient on hello_notes (recipient);

-- Who has switched on the helper of small steps. turn: which step is next; quiet_until: nothing is
-- suggested before.
create table small_steps (
    member bigint primary key references members (id),
    turn bigint not null,
    quiet_until bigint not null
);
