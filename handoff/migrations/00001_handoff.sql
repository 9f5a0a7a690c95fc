-- +goose Up
create table staff (
    shop_id       uuid not null references shops,
    staff_id      uuid not null,
    email         text not null,                   -- lower case; also the sign-in name
    name          text not null,
    roles         text[] not null,                 -- agent, supervisor, editor, admin
    password_hash text not null default '',        -- '' = no password yet
    password_generation int not null default 0,    -- counts up with every new password; sessions of an older one have ended
    signed_generation   int not null default 0,    -- of the password that last signed in
    service       boolean not null default false,  -- a program that works through a token; never signs in
    locale        text not null default '',
    failed_tries  int not null default 0,
    locked_until  timestamptz,
    disabled      boolean not null default false,
    seen_at       timestamptz,
    created_at    timestamptz not null default now(),
    primary key (shop_id, staff_id),
    unique (shop_id, email)
);
create index staff_email on staff (email);         -- who signs in names no shop

-- One-time links: the first sign-in, a new password.
create table sign_in_links (
    shop_id     uuid not null,
    token_hash  bytea not null,
    staff_id    uuid not null,
    expires_at  timestamptz not null,
    used_at     timestamptz,
    primary key (shop_id, token_hash),
    foreign key (shop_id, staff_id) references staff on delete cascade
);

-- The shape of this table is that of the session store's library.
create table sessions (
    token   text primary key,
    data    bytea not null,
    expiry  timestamptz not null
);
create index sessions_expiry on sessions (expiry);

create table api_tokens (
    shop_id     uuid not null references shops,
    token_hash  bytea not null,
    staff_id    uuid not null,                     -- the service account that acts
    name        text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    role        text not null,
    created_at  timestamptz not null default now(),
    used_at     timestamptz,
    primary key (shop_id, token_hash),
    unique (shop_id, name),
    foreign key (shop_id, staff_id) references staff on delete cascade
);

-- A shop's desk: its clock and the times it grants itself, in seconds.
create table desks (
    shop_id        uuid primary key references shops,
    time_zone      text not null default 'UTC',
    first_reply    int not null default 600,
    plan           int not null default 1800,
    solution       int not null default 7200
);

create table hours (
    shop_id   uuid not null references shops,
    weekday   int not null check (weekday between 0 and 6),   -- 0 = Sunday
    opens     time not null,
    closes    time not null,
    primary key (shop_id, weekday, opens)
);

create table cases (
    shop_id          uuid not null references shops,
    case_id          uuid not null,
    conversation_id  uuid not null,
    episode          int not null,
    state            text not null default 'waiting' check (state in ('waiting', 'claimed', 'returned', 'resolved')),
    level            int not null check (level between 1 and 3),
    reasons          jsonb not null,
    language         text not null default '',
    agent_id         uuid,
    skill            text not null default '',
    claim_due        timestamptz,                  -- by when somebody should own it; null = owned
    first_reply_due  timestamptz not null,         -- by when a person writes
    plan_due         timestamptz,                  -- level 2 and 3: a concrete plan
    solution_due     timestamptz,                  -- level 2 and 3: apology, solution, compensation
    breached         text[] not null default '{}', -- clocks whose breach has been announced
    first_reply_at   timestamptz,
    plan_at          timestamptz,
    solution_at      timestamptz,
    sorry_at         timestamptz,                  -- when the waiting shopper was told that it takes longer
    snoozed_until    timestamptz,
    snoozed_seq      bigint not null default 0,    -- newest message then; a newer one of the shopper wakes the case
    outcome          text not null default '',
    created_at       timestamptz not null default now(),
    claimed_at       timestamptz,
    closed_at        timestamptz,
    primary key (shop_id, case_id),
    foreign key (shop_id, conversation_id) references conversations on delete cascade,
    foreign key (shop_id, agent_id) references staff,
    check ((state = 'claimed') <= (agent_id is not null))
);
create unique index cases_open on cases (shop_id, conversation_id) where state in ('waiting', 'claimed');
create index cases_conversation on cases (shop_id, conversation_id);
create index cases_queue on cases (shop_id, state, level desc, first_reply_due);
create index cases_claimed on cases (shop_id, claimed_at desc) where claimed_at is not null;
create index cases_closed on cases (shop_id, closed_at desc) where closed_at is not null;

create table packets (
    shop_id    uuid not null,
    case_id    uuid not null,
    packet     jsonb not null,
    primary key (shop_id, case_id),
    foreign key (shop_id, case_id) references cases on delete cascade
);

create table promises (
    shop_id          uuid not null,
    promise_id       uuid not null,
    case_id          uuid not null,
    staff_id         uuid,                         -- who promised; null: the desk, kept by any reply
    said             text not null,                -- the words the shopper read
    due_at           timestamptz not null,
    kept_at          timestamptz,                  -- kept in time when not after due_at
    breached_at      timestamptz,
    withdrawn_at     timestamptz,                  -- the case ended and nobody had done it
    primary key (shop_id, promise_id),
    foreign key (shop_id, case_id) references cases on delete cascade,
    foreign key (shop_id, staff_id) references staff
);
create index promises_case on promises (shop_id, case_id);
create index promises_open on promises (shop_id, due_at) where kept_at is null and withdrawn_at is null;

create table notes (
    shop_id          uuid not null,
    note_id          uuid not null,
    case_id          uuid not null,
    staff_id         uuid not null,
    body             text not null,
    created_at       timestamptz not null default now(),
    primary key (shop_id, note_id),
    foreign key (shop_id, case_id) references cases on delete cascade,
    foreign key (shop_id, staff_id) references staff
);

create table macros (
    shop_id    uuid not null references shops,
    macro_id   uuid not null,
    name       text not null,
    locale     text not null default '',
    body       text not null,
    primary key (shop_id, macro_id),
    unique (shop_id, name, locale)
);

create table ratings (
    shop_id          uuid not null,
    conversation_id  uuid not null,
    episode          int not null,
    score            int not null check (score between 1 and 5),
    comment          text not null default '',
    rated_at         timestamptz not null default now(),
    primary key (shop_id, conversation_id, episode),
    foreign key (shop_id, conversation_id) references conversations on delete cascade
);

create table reply_drafts (
    shop_id          uuid not null,
    conversation_id  uuid not null,
    staff_id         uuid not null,
    body             text not null,
    seen_seq         bigint not null default 0,
    updated_at       timestamptz not null default now(),
    primary key (shop_id, conversation_id, staff_id),
    foreign key (shop_id, conversation_id) references conversations on delete cascade,
    foreign key (shop_id, staff_id) references staff on delete cascade
);

-- Who is looking at which conversation; rows older than half a minute mean nothing.
create table presence (
    shop_id          uuid not null,
    conversation_id  uuid not null,
    staff_id         uuid not null,
    typing           boolean not null default false,
    seen_at          timestamptz not null default now(),
    primary key (shop_id, conversation_id, staff_id),
    foreign key (shop_id, conversation_id) references conversations on delete cascade,
    foreign key (shop_id, staff_id) references staff on delete cascade
);

create table audit (
    shop_id    uuid not null references shops,
    audit_id   uuid not null,
    staff_id   uuid,                               -- null: the command line
    who        text not null,
    action     text not null,                      -- e.g. article.publish, channel.add, case.claim
    subject    text not null default '',
    detail     jsonb not null default '{}',        -- never a secret
    at         timestamptz not null default now(),
    primary key (shop_id, audit_id)
);
create index audit_recent on audit (shop_id, at desc);

-- +goose Down
drop table audit, presence, reply_drafts, ratings, macros, notes, promises, packets, cases, hours, desks, api_tokens, sessions, sign_in_links, staff;
