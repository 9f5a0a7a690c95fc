-- +goose Up
create index images_day on images (shop_id, created_at);
create index images_conversation on images (shop_id, conversation_id);

-- +goose Down
drop index images_day, images_conversation;
