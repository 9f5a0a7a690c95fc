-- +goose Up
-- A golden question may be of a market, and of another day: a promotion that has ended by then.
alter table exam_questions add column market text not null default '', add column days int not null default 0;

-- +goose Down
alter table exam_questions drop column market, drop column days;
