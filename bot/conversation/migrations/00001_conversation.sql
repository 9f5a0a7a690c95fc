-- +goose Up
create table channels (
    shop_id     uuid not null references shops,
    channel_id  uuid not null,
    name        text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    kind        text not null,                     -- webhook, widget
    mode        text not null default 'auto' check (mode in ('auto', 'assist', 'off')),
    reply_url   text not null default '',
    secrets     text[] not null default '{}',      -- newest first; two at once while rotating
    settings    jsonb not null default '{}',
    created_at  timestamptz not null default now(),
    primary key (shop_id, channel_id),
    unique (shop_id, name)
);

create table conversations (
    shop_id         uuid not null references shops,
    conversation_id uuid not null,
    channel_id      uuid not null,
    address         text not null,                 -- the shopper's thread at the channel, an opaque string
    holder          text not null default 'bot' check (holder in ('bot', 'queue', 'agent', 'nobody')),
    agent_id        uuid,
    episode         int not null default 1,
    last_seq        bigint not null default 0,     -- newest message
    heard_seq       bigint not null default 0,     -- newest shopper message that belongs to the open turn
    answered_seq    bigint not null default 0,     -- shopper messages up to here have had their answer
    turn_since      timestamptz,                   -- when the open turn's first message was heard; null = no open turn
    next_seq        bigint not null default 0,     -- newest shopper message that came after the turn was cut; 0 = none
    next_since      timestamptz,
    locale          text not null default '',
    market          text not null default '',
    mood            real not null default 0,
    shopper         jsonb not null default '{}',   -- {id, name, email, phone, locale}
    context         jsonb not null default '{}',   -- {page, product, order}
    token_hash      bytea,                         -- of the widget visitor's token
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    primary key (shop_id, conversation_id),
    unique (shop_id, channel_id, address),
    foreign key (shop_id, channel_id) references channels,
    check ((holder = 'agent') = (agent_id is not null)),
    check (answered_seq <= heard_seq and heard_seq <= last_seq)
);
create index conversations_recent on conversations (shop_id, updated_at desc);
create index conversations_unanswered on conversations (shop_id, turn_since) where turn_since is not null and holder = 'bot';

create table messages (
    shop_id         uuid not null,
    conversation_id uuid not null,
    seq             bigint not null,
    author          text not null check (author in ('shopper', 'bot', 'agent', 'system')),
    staff_id        uuid,
    staff_name      text not null default '',
    body            text not null,
    language        text not null default '',
    external_id     text,                          -- the channel's id of the message
    episode         int not null,
    kind            text not null default 'text',  -- text, ask, courtesy, handoff, image, note_to_shopper
    options         jsonb not null default '[]',   -- an ask's choices, follow-up questions
    evidence        jsonb not null default '[]',   -- [{kind, id, title, score, url}]
    verdict         jsonb,                         -- triage's verdict and the search's decision
    cost            jsonb,                         -- {model, prompt_tokens, completion_tokens, ms, calls}
    feedback        smallint not null default 0,   -- -1, 0, 1 from the shopper
    sent_at         timestamptz,                   -- the channel's own time
    created_at      timestamptz not null default now(),
    primary key (shop_id, conversation_id, seq),
    unique (shop_id, conversation_id, external_id),
    foreign key (shop_id, conversation_id) references conversations on delete cascade
);

-- One outgoing event to one channel; a River job carries it, this row is its memory.
create table deliveries (
    shop_id         uuid not null,
    delivery_id     uuid not null,
    channel_id      uuid not null,
    conversation_id uuid not null,
    seq             bigint,                        -- the message it carries, null for other events
    type            text not null,                 -- message.created, handoff.started, clock.breached, …
    payload         jsonb not null,
    state           text not null default 'pending' check (state in ('pending', 'sent', 'dead')),
    attempts        int not null default 0,
    last_error      text not null default '',
    created_at      timestamptz not null default now(),
    done_at         timestamptz,
    primary key (shop_id, delivery_id),
    foreign key (shop_id, channel_id) references channels,
    foreign key (shop_id, conversation_id) references conversations on delete cascade
);
create index deliveries_dead on deliveries (shop_id, state, created_at) where state <> 'sent';

create table images (
    shop_id         uuid not null,
    image_id        uuid not null,
    conversation_id uuid not null,
    media_type      text not null,
    width           int not null,
    height          int not null,
    bytes           bytea not null,
    created_at      timestamptz not null default now(),
    primary key (shop_id, image_id),
    foreign key (shop_id, conversation_id) references conversations on delete cascade
);

-- What the model has cost a shop on a day (the shop's own calendar day).
create table model_spend (
    shop_id            uuid not null references shops,
    day                date not null,
    calls              bigint not null default 0,
    prompt_tokens      bigint not null default 0,
    completion_tokens  bigint not null default 0,
    primary key (shop_id, day)
);

-- +goose Down
drop table model_spend, images, deliveries, messages, conversations, channels;
