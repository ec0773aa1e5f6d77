-- What subscribers chose for their devices, in the words of the catalogue; secrets are sealed for their place here.
create table personal_setting (
    tenant      text        not null,
    subscriber  text        not null,
    capability  text        not null,
    -- null where nothing is chosen (any more)
    value       text,
    chosen_by   text        not null,
    chosen_at   timestamptz not null,
    -- the order that the choice came with; null once a device declined it
    order_id    text,
    -- what held before, in case a device declines
    former      text,
    former_at   timestamptz,
    -- why the last choice was declined
    declined    text,
    declined_at timestamptz,
    primary key (tenant, subscriber, capability)
);
create index personal_setting_of_order on personal_setting (order_id) where order_id is not null;

-- One row for each subscriber who ever chose anything: whoever keeps choices in memory looks here for what is new.
create sequence personal_revision;
create table personal_book (
    tenant     text        not null,
    subscriber text        not null,
    revision   bigint      not null,
    changed_at timestamptz not null,
    primary key (tenant, subscriber)
);
create index personal_book_by_time on personal_book (changed_at);

-- What was done to a device by self-care, for whoever asks who did it. Never a secret.
create table self_care_log (
    id         bigint generated always as identity primary key,
    tenant     text        not null,
    device     text        not null,
    subscriber text        not null,
    at         timestamptz not null,
    by_whom    text        not null,
    -- whether it was an operator or support agent, on the subscriber's behalf
    on_behalf  boolean     not null,
    what       text        not null,
    order_id   text
);
create index self_care_log_of_device on self_care_log (tenant, device, subscriber, id desc);
create index self_care_log_of_order on self_care_log (order_id);
create index self_care_log_past on self_care_log (at);

-- What a tenant says of self-care; without a row, what is ordinary.
create table self_care_settings (
    tenant         text    primary key,
    show_passwords boolean not null,
    country        text
);
