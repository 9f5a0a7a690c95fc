-- +goose Up
-- Nothing has ever read or written it, nor does the release before this one name it.
alter table channels drop column settings;

-- +goose Down
alter table channels add column settings jsonb not null default '{}';
