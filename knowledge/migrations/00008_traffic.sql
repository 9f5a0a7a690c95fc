-- +goose Up
-- What shoppers ask of late, counted by how likely each question looked to have an answer here: no words, no shopper, no
-- time. How many questions have none at all differs most between shops, and confidence rests on it.
create table traffic (
    shop_id      uuid primary key references shops,
    model        int not null,                       -- what the odds were read by; others are not compared with these
    counts       float8[] not null,                  -- of questions by their odds; older ones fade
    inside       float8 not null,                    -- share of the questions that the articles answer, from the counts
    heard_at     timestamptz not null default now()
);

-- +goose Down
drop table traffic;
