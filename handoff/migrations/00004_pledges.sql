-- +goose Up
-- Up to which message whoever has the case has seen what their own words promise.
alter table cases add column pledge_seq bigint not null default 0;

-- +goose Down
alter table cases drop column pledge_seq;
