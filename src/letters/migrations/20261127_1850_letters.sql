-- Letters are sealed in the browsers of two members: of what they say, nothing stands here that the
-- server could read. by_passphrase, by_code: the member's own keys, wrapped in their browser.
create table letter_keys (
    member bigint primary key references members (id),
    recipient text not null,
    verify_key text not null,
    proof text not null,
    by_passphrase text not null,
    by_code text not null,
    made_at bigint not null
);

-- What a member's browsers remember of others' keys, sealed for themselves.
create table letter_notes (
    member bigint primary key references members (id),
    version bigint not null,
    sealed text not null
);

create table letter_conversations (
    id {{key}},
    public_id text not null unique,
    begun_at bigint not null
);

-- Each of the two has a side; who is erased has none any more. receipts_since: since when this one
-- lets the other see what they have read.
create table letter_sides (
    conversation bigint not null references letter_conversations (id),
    member bigint not null references members (id),
    other bigint not null references members (id),
    receipts_since bigint,
    primary key (conversation, member),
    unique (member, other)
);

-- sequence: the sender's own number, signed within the letter. A letter is there for its receiver
-- from delivered_at on; until then it is nowhere for them.
create table letters (
    id {{key}},
    public_id text not null unique,
    conversation bigint not null references letter_conversations (id),
    sender bigint not null references members (id),
    receiver bigint not null references members (id),
    sequence bigint not null,
    sealed text not null,
    has_picture integer not null,
    once_key text,
    written_at bigint not null,
    unsend_until bigint not null,
    deliver_at bigint not null,
    delivered_at bigint,
    read_at bigint,
    unique (conversation, sender, sequence)
);
create index letters_by_sender on letters (conversation, sender, written_at);
create index letters_by_receiver on letters (conversation, receiver, delivered_at);
create index letters_of_sender on letters (sender);
create index letters_to_receiver on letters (receiver, delivered_at);
create unique index letters_once on letters (sender, once_key) where once_key is not null;

create table letter_pictures (
    letter bigint primary key references letters (id),
    sealed text not null
);
