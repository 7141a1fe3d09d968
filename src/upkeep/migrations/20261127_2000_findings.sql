-- What the server last found where looking takes long: the mail server, the certificate.
create table findings (
    about text primary key,
    verdict text not null,
    word text not null,
    what text not null,
    count bigint not null,
    at bigint not null
);
