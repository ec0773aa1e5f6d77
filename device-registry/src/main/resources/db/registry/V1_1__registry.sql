-- What is known of each device. Keys are tenant/device, as in Kafka.
-- Rows of "device" change seldom and are widely indexed; "contact" changes with every Inform and has few indexes.
create table device (
    key                     text        primary key,
    tenant                  text        not null,
    id                      text        not null,
    oui                     text        not null,
    product_class           text        not null,
    serial_number           text        not null,
    manufacturer            text        not null default '',
    software_version        text        not null default '',
    hardware_version        text        not null default '',
    root                    text        not null default '',
    provisioning_code       text        not null default '',
    connection_request_url  text        not null default '',
    remote_address          text        not null default '',
    external_ip             text        not null default '',
    ips                     text[]      not null generated always as
                                (array_remove(array[remote_address, external_ip], '')) stored,
    macs                    text[]      not null default '{}',
    periodic_inform_seconds int,
    tags                    text[]      not null default '{}',
    subscriber_id           text,
    trace                   boolean     not null default false,
    registered_at           timestamptz not null,
    version                 bigint      not null default 0
);
create index device_by_tenant on device (tenant, id);
create index device_by_serial on device (serial_number);
create index device_by_model on device (tenant, product_class, software_version);
create index device_by_registration on device (tenant, registered_at);
create index device_by_subscriber on device (subscriber_id) where subscriber_id is not null;
create index device_by_tags on device using gin (tags);
create index device_by_macs on device using gin (macs);
create index device_by_ips on device using gin (ips);

-- silent_due is moved on only when it has passed: then whoever looks sees whether the device called meanwhile.
create table contact (
    key             text        primary key references device on delete cascade,
    tenant          text        not null,
    last_inform     timestamptz,
    last_events     text[]      not null default '{}',
    online          boolean,
    online_since    timestamptz,
    online_evidence text        not null default '',
    silent_due      timestamptz
) with (fillfactor = 70);
create index contact_by_time on contact (tenant, last_inform);
create index contact_by_due on contact (silent_due) where online;

-- One row per CWMP session, also those that did nothing.
create table session (
    key              text        not null,
    id               text        not null,
    started_at       timestamptz not null,
    ended_at         timestamptz,
    events           text[],
    outcome          text        not null default 'open',
    rpcs             int         not null default 0,
    faults           int         not null default 0,
    detail           text        not null default '',
    remote_address   text,
    transcript_parts int         not null default 0,
    primary key (key, id)
) with (fillfactor = 80);
create index session_by_time on session (key, started_at desc, id desc);
create index session_open on session (started_at) where ended_at is null;
create index session_by_age on session using brin (started_at);

-- One row per order, for the timeline; the orders themselves are the brain's.
create table device_order (
    key         text        not null,
    id          text        not null,
    created_at  timestamptz not null,
    changed_at  timestamptz not null,
    finished_at timestamptz,
    type        text        not null default '',
    created_by  text        not null default '',
    state       text        not null,
    session     text,
    detail      text        not null default '',
    primary key (key, id)
) with (fillfactor = 80);
create index device_order_by_time on device_order (key, created_at desc, id desc);
create index device_order_by_age on device_order using brin (created_at);

-- Registrations, edits, online and offline: facts about the device that are no session, order or change.
create table happening (
    key    text        not null,
    id     text        not null,
    at     timestamptz not null,
    kind   text        not null,
    by     text        not null default '',
    detail text        not null default '',
    primary key (key, id)
);
create index happening_by_time on happening (key, at desc, id desc);
create index happening_by_age on happening using brin (at);

-- What one event changed in the reported parameters: [{"path", "before", "after"}].
create table value_change (
    key     text        not null,
    id      text        not null,
    at      timestamptz not null,
    session text        not null,
    changes jsonb       not null,
    primary key (key, id)
);
create index value_change_by_time on value_change (key, at desc, id desc);
create index value_change_by_age on value_change using brin (at);
