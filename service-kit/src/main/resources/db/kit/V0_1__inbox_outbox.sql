-- How far each consumer of this service has come; written in the transaction of the effect.
create table inbox (
    consumer    text   not null,
    topic       text   not null,
    partition   int    not null,
    next_offset bigint not null,
    primary key (consumer, topic, partition)
) with (fillfactor = 50);

-- Events that are to be published because the transaction that wrote them committed; deleted once Kafka has them.
-- Without a value: what a compacted topic holds under the key is withdrawn.
create table outbox (
    id         bigint generated always as identity primary key,
    topic      text        not null,
    partition  int,
    key        text        not null,
    event_id   text        not null,
    event_type text        not null,
    event_time timestamptz not null,
    source     text        not null,
    value      bytea,
    created_at timestamptz not null default now()
);

-- rows live for milliseconds: clean up by count, not by share
alter table outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
alter table inbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
