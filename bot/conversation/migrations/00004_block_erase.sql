-- +goose Up
-- A blocked conversation is nobody's: what the shopper writes is stored and not answered, until a person unblocks it.
alter table conversations
    add column blocked_at timestamptz,
    add column erased_at  timestamptz,             -- when everything that a person said or is known by was taken out
    add constraint conversations_blocked check (blocked_at is null or holder = 'nobody');

-- +goose Down
alter table conversations drop constraint conversations_blocked, drop column blocked_at, drop column erased_at;
