-- +goose Up
-- How far the exam's running sitting is; touched_at is null while none runs.
alter table exams add column asked int not null default 0, add column touched_at timestamptz;

-- +goose Down
alter table exams drop column asked, drop column touched_at;
