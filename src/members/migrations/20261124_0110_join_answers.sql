-- The link that the mailed answer holds; the one that was shown at asking stays as it is.

alter table join_requests add column mailed_token_hash text;
create unique index join_requests_by_mailed_token on join_requests (mailed_token_hash);
