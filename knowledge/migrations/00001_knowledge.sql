-- +goose Up
create extension if not exists vector;

-- The id of a shop is derived from its slug (UUID version 5), so the primary key alone keeps slugs unique
-- and no constraint has to look across shops.
create table shops (
    shop_id     uuid primary key,
    slug        text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    name        text not null,
    locale      text not null default 'en',
    time_zone   text not null default 'UTC',
    market      text not null default '',          -- '' = no default market
    active_space text not null default '',         -- the embedding space that answers
    public_key  text not null,                     -- what a storefront's script tag carries
    settings    jsonb not null default '{}',       -- budgets, thresholds, origins, model
    passages    int not null default 0,            -- searched passages (not the negative ones): the N of the IDF
    created_at  timestamptz not null default now()
);
create index shops_public_key on shops (public_key);

create table articles (
    shop_id      uuid not null references shops,
    article_id   uuid not null,
    ref          text not null,                    -- the editors' id; variants in several locales share it
    locale       text not null,
    kind         text not null default 'faq',
    status       text not null default 'draft' check (status in ('draft', 'published', 'archived')),
    head         int  not null default 1,          -- newest version
    live         int,                              -- published version, null when none
    market       text[] not null default '{}',     -- of the live version; '{}' = every market
    valid_from   timestamptz,                      -- of the live version
    valid_to     timestamptz,
    tags         text[] not null default '{}',
    asked        bigint not null default 0,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    primary key (shop_id, article_id),
    unique (shop_id, ref, locale)
);

create table article_versions (
    shop_id     uuid not null,
    article_id  uuid not null,
    version     int  not null,
    question    text not null,
    answer      text not null,
    kind        text not null default 'faq',
    market      text[] not null default '{}',
    valid_from  timestamptz,
    valid_to    timestamptz,
    tags        text[] not null default '{}',
    author      text not null default '',
    note        text not null default '',
    created_at  timestamptz not null default now(),
    primary key (shop_id, article_id, version),
    foreign key (shop_id, article_id) references articles on delete cascade
);

create table phrasings (
    shop_id     uuid not null,
    article_id  uuid not null,
    version     int  not null,
    position    int  not null,
    text        text not null,
    negative    boolean not null default false,
    primary key (shop_id, article_id, version, position),
    foreign key (shop_id, article_id, version) references article_versions on delete cascade
);

-- Passages exist for live versions only: publishing replaces them, taking down deletes them, in one transaction.
create table passages (
    shop_id     uuid not null,
    passage_id  uuid not null,
    article_id  uuid not null,
    version     int  not null,
    kind        text not null check (kind in ('question', 'phrasing', 'negative', 'chunk')),
    text        text not null,
    words       sparsevec not null,                -- BM25 document weights; place = hash of the word
    primary key (shop_id, passage_id),
    foreign key (shop_id, article_id, version) references article_versions on delete cascade
);
create index passages_article on passages (shop_id, article_id);

-- In how many searched passages of the shop each word stands: the document frequencies behind the IDF.
create table words (
    shop_id   uuid not null references shops,
    word      int  not null,                       -- hash, 1 … 1e9
    passages  int  not null,
    primary key (shop_id, word)
);

create table spaces (
    shop_id     uuid not null references shops,
    space       text not null,                     -- model and dimension
    dimension   int  not null,
    state       text not null default 'filling' check (state in ('filling', 'active', 'retired')),
    error       text not null default '',          -- what stopped the last filling; it is tried again
    created_at  timestamptz not null default now(),
    primary key (shop_id, space)
);

-- What a search reads, one row for each passage and living space: the vector, null until its embedder has made it, and
-- copies of what else the score is made of, because joining 25,000 rows takes longer than scoring them.
create table embeddings (
    shop_id     uuid not null,
    passage_id  uuid not null,
    space       text not null,
    article_id  uuid not null,
    negative    boolean not null,
    product     boolean not null,
    words       sparsevec not null,
    vector      halfvec,
    primary key (shop_id, passage_id, space),
    foreign key (shop_id, passage_id) references passages on delete cascade,
    foreign key (shop_id, space) references spaces
);
create index embeddings_space on embeddings (shop_id, space);
create index embeddings_missing on embeddings (shop_id, space) where vector is null;
-- Vectors of common models fit a page: read in place they are scored several times faster than out of line.
alter table embeddings alter column vector set storage plain;

create table questions_missed (
    shop_id      uuid not null references shops,
    missed_id    uuid not null,
    text         text not null,
    locale       text not null,
    outcome      text not null,                    -- ask, none, disliked
    best         text not null default '',         -- ref of the best candidate
    confidence   real not null default 0,
    conversation uuid,
    state        text not null default 'open' check (state in ('open', 'done', 'ignored')),
    asked_at     timestamptz not null default now(),
    primary key (shop_id, missed_id)
);
create index questions_missed_open on questions_missed (shop_id, state, asked_at desc);

create table exams (
    shop_id     uuid not null references shops,
    exam_id     uuid not null,
    name        text not null,
    bar         real not null default 0.8,
    created_at  timestamptz not null default now(),
    primary key (shop_id, exam_id),
    unique (shop_id, name)
);

create table exam_questions (
    shop_id     uuid not null,
    exam_id     uuid not null,
    question_id uuid not null,
    ref         text not null,                     -- the author's id
    turns       jsonb not null,                    -- [{role, text}]
    expected    jsonb not null,                    -- {action, articles, level}
    topic       text not null default '',
    locale      text not null default '',
    primary key (shop_id, exam_id, question_id),
    unique (shop_id, exam_id, ref),
    foreign key (shop_id, exam_id) references exams on delete cascade
);

create table exam_runs (
    shop_id     uuid not null,
    exam_id     uuid not null,
    run_id      uuid not null,
    passed      int not null,
    total       int not null,
    results     jsonb not null,                    -- [{ref, ok, got}]
    ran_at      timestamptz not null default now(),
    primary key (shop_id, exam_id, run_id),
    foreign key (shop_id, exam_id) references exams on delete cascade
);

-- +goose Down
drop table exam_runs, exam_questions, exams, questions_missed, embeddings, spaces, words, passages, phrasings, article_versions, articles, shops;
