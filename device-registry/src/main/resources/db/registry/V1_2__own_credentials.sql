-- Whether the device has ever proven credentials of its own: once true, always true.
alter table device add column own_credentials boolean not null default false;
