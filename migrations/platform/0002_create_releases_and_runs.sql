-- What a rebuild must not lose: which releases there are, which one is published, and what every run did.
set local role mvp_platform_owner;

create table etl.run (
    run_id int primary key generated always as identity,
    source text not null,
    source_detail jsonb not null default '{}',
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    status text not null default 'running' check (status in ('running', 'compiled', 'published', 'failed', 'refused')),
    backend_pid int not null default pg_backend_pid(),
    reason text,
    check ((finished_at is null) = (status in ('running', 'compiled')))
);
comment on table etl.run is 'One row a rebuild, kept for ever.';
comment on column etl.run.source is 'What was asked for: bundled, nhtsa, a path or an https URL.';
comment on column etl.run.source_detail is 'What was found: name, version, size in bytes, sha256.';
comment on column etl.run.reason is 'Why the run failed or was refused, for people.';

create table etl.run_step (
    run_id int not null references etl.run on delete cascade,
    ordinal int generated always as identity,
    step text not null,
    started_at timestamptz not null default clock_timestamp(),
    duration interval,
    row_count bigint,
    byte_count bigint,
    detail jsonb,
    primary key (run_id, ordinal)
);
comment on table etl.run_step is 'Loads and compile steps of a run: when, how long, how many rows and bytes.';

create table catalog.release (
    release_id int primary key,
    run_id int not null references etl.run,
    data_version text not null unique,
    source text not null,
    built_at timestamptz not null default now(),
    is_complete boolean not null default false
);
comment on table catalog.release is 'Compiled releases whose partitions exist. A release is a key: all catalog tables are partitioned by it.';
comment on column catalog.release.data_version is 'Goes to clients as dataVersion and X-Data-Version and into cache keys; never reused.';
comment on column catalog.release.is_complete is 'Every compile step ran to its end; only such a release can be published.';

create table catalog.current_release (
    is_only boolean primary key default true check (is_only),
    release_id int not null references catalog.release,
    published_at timestamptz not null default now()
);
comment on table catalog.current_release is 'The published release: at most one row. Publishing and rollback are one update of it.';

create table etl.publication (
    publication_id int primary key generated always as identity,
    release_id int not null,
    replaced_release_id int,
    published_at timestamptz not null default now(),
    published_by text not null default session_user,
    is_rollback boolean not null default false
);
comment on table etl.publication is 'Every move of the published release, forward or back.';
