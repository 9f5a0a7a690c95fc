-- +goose Up
-- Whom a note points to by name, and when they saw it.
create table mentions (
    shop_id   uuid not null,
    note_id   uuid not null,
    staff_id  uuid not null,
    seen_at   timestamptz,
    primary key (shop_id, note_id, staff_id),
    foreign key (shop_id, note_id) references notes on delete cascade,
    foreign key (shop_id, staff_id) references staff on delete cascade
);
create index mentions_of on mentions (shop_id, staff_id, note_id desc);

-- When whoever has the case first looked at it since they have it; null, or before claimed_at: not yet.
alter table cases add column opened_at timestamptz;
update cases set opened_at = claimed_at where claimed_at is not null;

-- +goose Down
alter table cases drop column opened_at;
drop table mentions;
