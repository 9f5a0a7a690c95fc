-- +goose Up
-- What stands in the link by which a channel fetches a picture that an agent has sent; '' where there is none.
alter table images add column link_key text not null default '';

-- +goose Down
alter table images drop column link_key;
