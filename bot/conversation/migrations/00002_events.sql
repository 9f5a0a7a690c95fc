-- +goose Up
-- Signed events other than messages that have acted: the same webhook-id acts once. A message is known by its own id.
create table channel_events (
    shop_id         uuid not null,
    channel_id      uuid not null,
    event_id        text not null,                 -- the sender's webhook-id
    conversation_id uuid not null,
    seq             bigint not null,               -- newest message when it had acted: what the sender is told
    received_at     timestamptz not null default now(),
    primary key (shop_id, channel_id, event_id),
    foreign key (shop_id, channel_id) references channels,
    foreign key (shop_id, conversation_id) references conversations on delete cascade
);
create index channel_events_conversation on channel_events (shop_id, conversation_id);
create index channel_events_age on channel_events (shop_id, received_at);

-- +goose Down
drop table channel_events;
