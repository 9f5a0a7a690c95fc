-- +goose Up
-- What an import would change in the answers, found out before it goes live. The file of an import that is done is kept
-- while rows of it were rejected, so that they can be fetched and corrected.
alter table imports
    add column changes    jsonb,                     -- what was found; null before
    add column asked      int not null default 0,    -- questions asked so far
    add column to_ask     int not null default 0,
    add column checked_at timestamptz;               -- touched every few seconds while it is being found out; null once it is not

-- +goose Down
alter table imports drop column changes, drop column asked, drop column to_ask, drop column checked_at;
