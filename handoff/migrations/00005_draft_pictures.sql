-- +goose Up
-- Pictures of a reply that was refused; they wait with its words.
alter table reply_drafts add column pictures uuid[] not null default '{}';

-- +goose Down
alter table reply_drafts drop column pictures;
