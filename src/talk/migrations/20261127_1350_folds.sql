-- Words and topics that a member has folded for themselves, wherever people talk. Private.
-- compared: the words as they are compared, without case and accents, joined by spaces.
create table member_folds (
    member bigint not null references members (id),
    compared text not null,
    first_word text not null,
    words text not null,
    primary key (member, compared)
);
create index member_folds_by_first_word on member_folds (first_word);
