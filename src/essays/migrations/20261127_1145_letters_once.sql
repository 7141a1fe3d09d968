-- A letter that is sent again after a lost answer is there once; a guest's first one as well.
-- Each key is kept hashed; a guest's together with their address.
alter table reach_out_letters add column idempotency_key text;
create unique index reach_out_letters_once
    on reach_out_letters (reach_out, by_recipient, idempotency_key)
    where idempotency_key is not null;
create unique index reach_outs_once_by_guest on reach_outs (recipient, idempotency_key)
    where sender is null and idempotency_key is not null;
