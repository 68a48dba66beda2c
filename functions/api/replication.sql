-- A standby is judged by how far it has come in the primary's log, never by the time of its last transaction: on a quiet primary that
-- grows while nothing is missing, and a standby that has lost its primary does not know what it lacks.
create or replace function api.replication(
    out is_standby boolean,
    out log_position float8,
    out clock float8,
    out data_version text
)
    language sql
    volatile parallel safe security definer
    set search_path = pg_catalog
    begin atomic
        select
            pg_is_in_recovery(),
            (case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end - '0/0'::pg_lsn)::float8,
            extract(epoch from localtimestamp)::float8 * 1000,
            api.data_version();
    end;
comment on function api.replication() is
    'How a server stands among its replicas: whether it is a standby, the bytes of the log that it has written or, as a standby, replayed, its local clock in milliseconds as if it were UTC, and the version of its published data.';
grant execute on function api.replication() to mvp_platform_user, mvp_platform_admin;
