-- Plans for the channels of many devices: what was asked for, and how far each device has come.
create table channel_plan (
    id          text        primary key,
    tenant      text        not null,
    state       text        not null,
    apply       boolean     not null,
    country     text,
    bands       text        not null,
    created_by  text        not null,
    created_at  timestamptz not null,
    deadline    timestamptz not null,
    -- when somebody has to carry it on; null for never
    due_at      timestamptz,
    finished_at timestamptz
);
create index channel_plan_of on channel_plan (tenant, id desc);
create index channel_plan_due on channel_plan (due_at) where due_at is not null;

create table channel_plan_item (
    plan     text        not null references channel_plan on delete cascade,
    place    int         not null,
    device   text        not null,
    state    text        not null,
    survey   json,
    order_id text,
    asked_at timestamptz,
    heard    json,
    choices  json,
    why      text        not null,
    primary key (plan, place)
);
create index channel_plan_item_by_state on channel_plan_item (plan, state, place);
create index channel_plan_item_of_order on channel_plan_item (order_id) where order_id is not null;
