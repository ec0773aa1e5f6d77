-- What requests with an Idempotency-Key were answered; written in the transaction of their effect.
create table idempotency (
    scope       text        not null,
    key         text        not null,
    fingerprint text        not null,
    status      int         not null default 0,
    location    text,
    body        text        not null default '',
    created_at  timestamptz not null default now(),
    primary key (scope, key)
);
create index idempotency_created_at on idempotency (created_at);
