-- +goose Up
-- What a shop has to say, for a time, before whatever else it answers: a strike of the couriers, a payment that is down.
create table incidents (
    shop_id      uuid not null references shops,
    incident_id  uuid not null,
    statements   jsonb not null,                    -- {locale: text}, as editors approved them
    tags         text[] not null default '{}',      -- of the articles that it stands before; none: all
    market       text[] not null default '{}',      -- none: every one
    starts_at    timestamptz not null default now(),
    until        timestamptz not null,              -- exclusive
    author       text not null default '',
    primary key (shop_id, incident_id)
);
create index incidents_until on incidents (shop_id, until);

-- +goose Down
drop table incidents;
