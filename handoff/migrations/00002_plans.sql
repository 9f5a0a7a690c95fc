-- +goose Up
-- What keeps a promise of the desk: that a person writes, or that the shopper has a plan.
alter table promises add column awaits text not null default 'reply' check (awaits in ('reply', 'plan'));

-- What an agent has made sure of before an order changes.
create table confirmations (
    shop_id       uuid not null,
    case_id       uuid not null,
    name          text not null check (name in ('address', 'product', 'return_policy')),
    staff_id      uuid not null,
    confirmed_at  timestamptz not null,
    primary key (shop_id, case_id, name),
    foreign key (shop_id, case_id) references cases on delete cascade,
    foreign key (shop_id, staff_id) references staff
);

-- +goose Down
drop table confirmations;
alter table promises drop column awaits;
