-- +goose Up
-- How the words of the shop's passages were read when they were stored; a program that reads them otherwise does it again.
alter table shops add column words_version int not null default 0;

-- +goose Down
alter table shops drop column words_version;
