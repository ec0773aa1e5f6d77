-- What the brain remembers of each device, one document each. Written by whoever owns the device's Kafka partition.
create table device_ledger (
    device    text        primary key,
    version   bigint      not null,
    partition int         not null,
    due_at    timestamptz,
    -- json, not jsonb: it is always read and written as a whole
    ledger    json        not null
) with (fillfactor = 70);
create index device_ledger_due on device_ledger (partition, due_at) where due_at is not null;

-- Orders as people and systems see them. Placed by REST or by event; from then on written by the brain alone.
create table device_order (
    id          text        primary key,
    tenant      text        not null,
    device      text        not null,
    type        text        not null,
    state       text        not null,
    created_by  text        not null,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    finished_at timestamptz,
    session     text,
    result      json,
    fault       json,
    detail      text,
    attempts    jsonb       not null default '[]'
) with (fillfactor = 70);
create index device_order_of_device on device_order (tenant, device, created_at desc, id desc);
create index device_order_by_time on device_order (tenant, created_at desc, id desc);
create index device_order_open on device_order (tenant, state, created_at desc, id desc) where finished_at is null;
