-- Who has which device, and what they bought. Secrets stand apart from the other attributes, sealed:
-- {"path": {"sealed": "v1....", "setAt": "..."}}.
create table subscriber (
    tenant     text        not null,
    id         text        not null,
    attributes jsonb       not null default '{}',
    secrets    jsonb       not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    updated_by text        not null,
    version    bigint      not null default 0,
    primary key (tenant, id)
);
create index subscriber_by_creation on subscriber (tenant, created_at);
create index subscriber_by_update on subscriber (tenant, updated_at);

create table subscriber_service (
    tenant        text        not null,
    subscriber_id text        not null,
    id            text        not null,
    type          text        not null,
    attributes    jsonb       not null default '{}',
    secrets       jsonb       not null default '{}',
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    updated_by    text        not null,
    version       bigint      not null default 0,
    primary key (tenant, subscriber_id, id),
    foreign key (tenant, subscriber_id) references subscriber on delete cascade
);
create index subscriber_service_by_type on subscriber_service (tenant, type);

-- By what a subscriber's devices are recognised; kept as history when it ends. A moment after a binding began or ended
-- it is looked at once more: a device that first called in a transaction of the same moment did not see it.
create table subscriber_binding (
    id            text        primary key,
    tenant        text        not null,
    subscriber_id text        not null,
    kind          text        not null,
    value         text        not null,
    created_at    timestamptz not null,
    created_by    text        not null,
    ended_at      timestamptz,
    ended_by      text,
    ended_why     text,
    look_again    timestamptz
);
create unique index subscriber_binding_open on subscriber_binding (tenant, kind, value) where ended_at is null;
create index subscriber_binding_by_subscriber on subscriber_binding (tenant, subscriber_id, created_at, id);
create index subscriber_binding_to_look_at on subscriber_binding (look_again) where look_again is not null;

-- What a tenant says about its service types: {"attribute": {"type": "string", "secret": true}}.
create table service_type (
    tenant     text        not null,
    name       text        not null,
    attributes jsonb       not null,
    updated_at timestamptz not null,
    updated_by text        not null,
    version    bigint      not null default 0,
    primary key (tenant, name)
);

-- subscriber_id follows from the bindings; bound_by says from which.
alter table device add column circuit_id text not null default '';
alter table device add column bound_by text references subscriber_binding;
drop index device_by_subscriber;
create index device_by_subscriber on device (tenant, subscriber_id, id) where subscriber_id is not null;
create index device_by_binding on device (bound_by) where bound_by is not null;
create index device_by_circuit on device (circuit_id) where circuit_id <> '';
create index device_by_provisioning_code on device (provisioning_code) where provisioning_code <> '';

-- What was said of devices so far.
insert into subscriber (tenant, id, created_at, updated_at, updated_by)
select distinct tenant, subscriber_id, now(), now(), '' from device where subscriber_id is not null;
insert into subscriber_binding (id, tenant, subscriber_id, kind, value, created_at, created_by)
select gen_random_uuid()::text, tenant, subscriber_id, 'device', id, now(), '' from device where subscriber_id is not null;
update device d set bound_by = b.id from subscriber_binding b
where d.subscriber_id is not null and b.tenant = d.tenant and b.kind = 'device' and b.value = d.id;
