-- What runs leave behind for those who look later: how far they came, what the checks found, why one was refused, and the
-- VINs that two releases are compared by.
set local role mvp_platform_owner;

alter table etl.run drop constraint run_status_check;
alter table etl.run drop constraint run_check;
alter table etl.run
    add constraint run_status_check check (
        status in ('running', 'compiled', 'checked', 'published', 'unchanged', 'refused', 'cancelled', 'failed')
    ),
    add constraint run_finished_at_check check ((finished_at is null) = (status in ('running', 'compiled', 'checked'))),
    add column job_id uuid,
    add column worker text,
    add column forced_reason text check (forced_reason <> ''),
    add column code_version text,
    add column beat_at timestamptz,
    add column progress jsonb,
    add column peak_memory bigint,
    add column cancel_requested_at timestamptz,
    add column changes jsonb;
comment on column etl.run.status is
    'running, compiled (complete, unchecked), checked (let through), then one end: published, unchanged (the source brought nothing new), refused (by a check), cancelled, failed.';
comment on column etl.run.job_id is 'The job of pg-boss that asked for the run; null when a command ran it itself.';
comment on column etl.run.worker is 'Host and process that ran it.';
comment on column etl.run.forced_reason is 'Why whatever the checks find is to be published all the same; null: they decide.';
comment on column etl.run.code_version is 'Checksum of the functions that compiled it: the same source compiled by other code is not unchanged.';
comment on column etl.run.beat_at is 'Last sign of life.';
comment on column etl.run.progress is 'The step under way: step, done (part of the whole before it, 0 to 1), share (its own part), rows, totalRows, bytes, totalBytes.';
comment on column etl.run.peak_memory is 'Most bytes that the process held in memory (resident set) during the run.';
comment on column etl.run.cancel_requested_at is 'When somebody asked it to stop; it looks once a second.';
comment on column etl.run.changes is 'What its release changes against the one before, see etl.describe_changes.';

alter table etl.publication add column run_id int references etl.run;
comment on column etl.publication.run_id is 'The run that made the release: remembered also after the release is dropped.';
update etl.publication as p
set run_id = r.run_id
from catalog.release as r
where r.release_id = p.release_id;

create table etl.finding (
    run_id int not null references etl.run on delete cascade,
    check_name text not null,
    row_count bigint not null,
    affected_count bigint not null,
    base_count bigint not null,
    primary key (run_id, check_name)
);
comment on table etl.finding is 'What the checks on the raw rows found in a run, kept because the raw rows are gone with the next one.';
comment on column etl.finding.affected_count is 'Rows of NHTSA''s that are concerned, where a row of the check stands for several.';
comment on column etl.finding.base_count is 'All of NHTSA''s rows of that kind.';

create table etl.refusal (
    run_id int not null references etl.run on delete cascade,
    ordinal int generated always as identity,
    check_name text not null,
    reason text not null,
    found jsonb not null,
    is_overridden boolean not null default false,
    primary key (run_id, ordinal)
);
comment on table etl.refusal is 'Rows that the gates before a publish returned: each is a reason not to publish.';
comment on column etl.refusal.found is 'The gate''s row.';
comment on column etl.refusal.is_overridden is 'The run was forced: it published all the same.';

create table etl.canary (
    vin text collate "C" primary key,
    vehicle_type_id int not null,
    drawn_release_id int not null,
    drawn_at timestamptz not null default now()
);
comment on table etl.canary is 'VINs by which a release is compared with the one before. Not part of a release: the same VINs are asked week after week.';

create table etl.schedule (
    is_only boolean primary key default true check (is_only),
    cron text not null,
    timezone text not null,
    source text not null,
    next_at timestamptz not null,
    max_age interval not null,
    worker text not null,
    seen_at timestamptz not null default now()
);
comment on table etl.schedule is 'What the workers are configured with: at most one row, which they confirm every minute.';
comment on column etl.schedule.next_at is 'When the next rebuild is due; in the past when no worker is there to start it.';
comment on column etl.schedule.seen_at is 'When a worker last said so; minutes ago: none is there.';
comment on column etl.schedule.max_age is 'From this age on, counted since the last good rebuild, the data is too old.';
