-- +goose Up
-- Every word that a class says anywhere, in its phrasings or its answers: the product with a question's words is how much of
-- the question the class speaks of. What was learned before has none and is learned again.
alter table classes add column words sparsevec not null default '{}/1000000000';
alter table classes alter column words set storage external; -- read for each question: no time to unpack it

-- +goose Down
alter table classes drop column words;
