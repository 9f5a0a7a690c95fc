-- +goose Up
-- How often what the shop has published has changed; what was learned of it says of which change.
alter table shops add column changes bigint not null default 1;
alter table spaces add column learned bigint not null default 0;
alter table spaces add column learned_by int not null default 0;  -- how texts were read for it; 0 = not learned yet
alter table spaces add column learned_at timestamptz not null default '-infinity';

-- What a space of the shop has learned of each of its answers: the odds of a question are the product with its traits.
create table classes (
    shop_id     uuid not null,
    space       text not null,
    class       int not null,                      -- from 0 on
    read_by     int not null,                      -- how texts were read for it
    weights     halfvec not null,
    primary key (shop_id, space, class),
    foreign key (shop_id, space) references spaces
);
-- Read in place they are multiplied several times faster than out of line; only those of the longest vectors do not fit.
alter table classes alter column weights set storage main;

-- Which articles give which answer: those of one ref, and those that say the same.
create table classified (
    shop_id     uuid not null,
    space       text not null,
    article_id  uuid not null,
    class       int not null,
    primary key (shop_id, space, article_id),
    foreign key (shop_id, article_id) references articles on delete cascade,
    foreign key (shop_id, space, class) references classes on delete cascade
);

-- +goose Down
drop table classified, classes;
alter table spaces drop column learned, drop column learned_by, drop column learned_at;
alter table shops drop column changes;
