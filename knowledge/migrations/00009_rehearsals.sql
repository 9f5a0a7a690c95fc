-- +goose Up
-- What an edit would change in the answers: found out in the background, shown before the edit goes live. It quotes what
-- shoppers asked, so it is kept no longer than it is of use and goes when a shopper's words go.
create table rehearsals (
    shop_id    uuid not null references shops,
    edit_id    uuid not null,                    -- of an article, or of an import
    stamp      text not null,                    -- which edit of it: the article's version; '' for an import
    found      jsonb,                            -- null before
    asked      int  not null default 0,          -- questions so far, before and after counted
    to_ask     int  not null default 0,
    touched_at timestamptz default now(),        -- every few seconds while it is being found out; null once it is not
    made_at    timestamptz not null default now(),
    primary key (shop_id, edit_id)
);
alter table imports drop column changes, drop column asked, drop column to_ask, drop column checked_at;

-- +goose Down
drop table rehearsals;
alter table imports add column changes jsonb, add column asked int not null default 0, add column to_ask int not null default 0, add column checked_at timestamptz;
