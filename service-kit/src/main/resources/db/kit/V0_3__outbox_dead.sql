-- Events of the outbox that Kafka will never take, each for a fault of its own; kept for people to look at.
create table outbox_dead (
    id         bigint      primary key,
    topic      text        not null,
    partition  int,
    key        text        not null,
    event_id   text        not null,
    event_type text        not null,
    event_time timestamptz not null,
    source     text        not null,
    value      bytea,
    created_at timestamptz not null,
    reason     text        not null,
    died_at    timestamptz not null default now()
);
