-- The community, its members, and how they come in.

-- One row. The host changes it; the words below are what a new community begins with.
create table community (
    id integer primary key check (id = 1),
    name text not null,
    join_policy text not null,
    agreement text not null,
    agreement_version bigint not null,
    language text not null,
    zone text not null,
    country text not null,
    guests_may_comment integer not null,
    hold_first_comments integer not null,
    hold_links integer not null,
    exit_url text not null,
    contact text not null
);
insert into community (id, name, join_policy, agreement, agreement_version, language, zone, country,
                       guests_may_comment, hold_first_comments, hold_links, exit_url, contact)
values (1, 'A small community', 'invitation',
        'We are here for each other, at our own pace.

- What someone says here stays here.
- We listen before we advise. We ask before we help.
- Nobody has to answer, explain or stay.
- We name harm when we see it, and we do not harm in return.
- When someone is in danger, we call those who can come.',
        1, 'en', 'UTC', 'US', 0, 1, 1, '', '');

-- Numbers exactly as dialled in that country. checked_at is when this host last checked one.
create table help_lines (
    id {{key}},
    position bigint not null,
    label text not null,
    href text not null,
    words text not null,
    country text not null,
    source text not null,
    checked_at bigint
);
insert into help_lines (position, label, href, words, country, source, checked_at) values
    (1, '988', 'tel:988', 'Suicide & Crisis Lifeline, free, any hour', 'US', 'https://988lifeline.org', null),
    (2, '911', 'tel:911', 'when someone is in danger', 'US', 'https://www.911.gov', null),
    (1, '116 123', 'tel:116123', 'Samaritans, free, any hour', 'GB', 'https://www.samaritans.org', null),
    (2, '999', 'tel:999', 'when someone is in danger', 'GB', 'https://www.nhs.uk', null),
    (1, '0800 111 0 111', 'tel:08001110111', 'TelefonSeelsorge, kostenlos, rund um die Uhr', 'DE', 'https://www.telefonseelsorge.de', null),
    (2, '112', 'tel:112', 'wenn jemand in Gefahr ist', 'DE', 'https://www.bbk.bund.de', null);

create table members (
    id {{key}},
    public_id text not null unique,
    name text not null,
    pronouns text not null,
    about text not null,
    role text not null,
    state text not null,
    email text,
    email_confirmed_at bigint,
    password_hash text,
    language text not null,
    zone text not null,
    theme text not null,
    plain_letters integer not null,
    discreet integer not null,
    listed integer not null default 0,
    avatar text,
    joined_at bigint not null,
    agreement_version bigint not null,
    invited_by bigint references members (id),
    writes_essays integer not null,
    erase_at bigint
);
-- Names need not be unique; a confirmed address is one account's.
create index members_by_name on members (lower(name));
create index members_by_email on members (email);
create unique index members_by_confirmed_email on members (email)
    where email_confirmed_at is not null;

-- The cookie's token is kept as its keyed hash. device: shared, own, program.
create table sessions (
    id {{key}},
    public_id text not null unique,
    token_hash text not null unique,
    member bigint not null references members (id),
    device text not null,
    way text not null,
    described text not null,
    started_at bigint not null,
    seen_at bigint not null,
    authenticated_at bigint not null,
    ended_at bigint
);
create index sessions_by_member on sessions (member);

-- purpose: sign_in, confirm_email. email is the address that the link proves. A link without a
-- member leads nowhere: it is written so that asking for one costs the same for any address.
create table sign_in_links (
    id {{key}},
    token_hash text not null unique,
    member bigint references members (id),
    purpose text not null,
    email text,
    made_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);
create index sign_in_links_by_member on sign_in_links (member);

create table recovery_codes (
    id {{key}},
    member bigint not null references members (id),
    code_hash text not null unique,
    used_at bigint
);
create index recovery_codes_by_member on recovery_codes (member);

-- What happened to a member's way in, for the member alone: every other session is told.
create table sign_in_events (
    id {{key}},
    member bigint not null references members (id),
    kind text not null,
    session bigint,
    at bigint not null
);
create index sign_in_events_by_member on sign_in_events (member, at);

create table invitations (
    id {{key}},
    public_id text not null unique,
    token_hash text not null unique,
    made_by bigint not null references members (id),
    note text not null,
    made_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    used_by bigint references members (id),
    withdrawn_at bigint
);
create index invitations_by_maker on invitations (made_by);

-- Someone who asks to come in. token_hash is of the link by which they see how it stands.
create table join_requests (
    id {{key}},
    public_id text not null unique,
    token_hash text not null unique,
    name text not null,
    pronouns text not null,
    email text,
    password_hash text,
    words text not null,
    language text not null,
    agreement_version bigint not null,
    state text not null,
    asked_at bigint not null,
    decided_at bigint,
    decided_by bigint references members (id),
    member bigint references members (id)
);
create index join_requests_waiting on join_requests (asked_at) where state = 'waiting';

-- Symmetric rows, written by distance alone; they are asked wherever a member is shown, so they
-- live with the members.
create table if not exists separations (
    viewer bigint not null references members (id),
    other bigint not null references members (id),
    primary key (viewer, other)
);
