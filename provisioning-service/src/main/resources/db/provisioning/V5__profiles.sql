-- Profiles of tenants. Each version is a document of its own; once it has been active it is never changed.
create table profile (
    tenant         text   not null,
    name           text   not null,
    -- counts every change, for ETag
    revision       bigint not null,
    latest_version int    not null,
    active_version int,
    primary key (tenant, name)
);

create table profile_version (
    tenant       text        not null,
    name         text        not null,
    version      int         not null,
    state        text        not null,
    document     json        not null,
    edited_by    text        not null,
    edited_at    timestamptz not null,
    submitted_by text,
    why          text        not null,
    primary key (tenant, name, version),
    foreign key (tenant, name) references profile
);

-- Who did what to a profile, and why.
create table profile_history (
    id      bigint generated always as identity primary key,
    tenant  text        not null,
    name    text        not null,
    version int         not null,
    what    text        not null,
    by_whom text        not null,
    at      timestamptz not null,
    why     text        not null
);
create index profile_history_of on profile_history (tenant, name, id desc);

-- One row for each tenant that has profiles: whoever keeps the active ones in memory looks here for what is new.
create table profile_book (
    tenant    text    primary key,
    revision  bigint  not null,
    four_eyes boolean not null
);

-- Fleets are gone through tenant by tenant in the order of keys, which must not depend on the server's language.
alter table device_ledger alter column device type text collate "C";
