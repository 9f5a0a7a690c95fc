-- +goose Up
-- Files that editors have uploaded: kept from the dry run to the import, so that what is imported is what was looked at.
create table imports (
    shop_id     uuid not null references shops,
    import_id   uuid not null,
    name        text not null,                     -- of the file
    file        bytea not null,                    -- emptied when the import is done
    state       text not null default 'planned' check (state in ('planned', 'running', 'done', 'failed')),
    done        int  not null default 0,           -- passages prepared
    total       int  not null default 0,
    report      jsonb not null,                    -- what would become of each row, then what became of it
    error       text not null default '',          -- why the last try stored nothing
    author      text not null default '',
    created_at  timestamptz not null default now(),
    touched_at  timestamptz not null default now(), -- a running import touches it every few seconds
    primary key (shop_id, import_id)
);
create index imports_created on imports (shop_id, created_at desc);

-- +goose Down
drop table imports;
