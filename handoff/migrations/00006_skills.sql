-- +goose Up
-- What the team of a shop can do, for cases that somebody cannot answer alone.
create table skills (
    shop_id  uuid not null references shops,
    name     text not null,
    primary key (shop_id, name)
);

-- +goose Down
drop table skills;
