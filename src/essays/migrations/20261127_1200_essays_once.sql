-- An essay that is sent again after a lost answer is begun once; the key is kept hashed.
alter table essays add column idempotency_key text;
create unique index essays_once on essays (author, idempotency_key)
    where idempotency_key is not null;
