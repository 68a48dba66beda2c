-- What of a source could not be used, kept because the raw rows are gone with the next run.
set local role mvp_platform_owner;

create table etl.rejection (
    run_id int not null references etl.run on delete cascade,
    table_name text not null,
    reason text not null,
    row_count bigint not null,
    samples jsonb not null,
    primary key (run_id, table_name, reason)
);
comment on table etl.rejection is 'Raw rows that no release can hold, by run, table and reason: left out before the compile steps, and counted.';
comment on column etl.rejection.samples is 'Some of the rows, at most twenty.';
