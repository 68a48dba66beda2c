-- Do the replicas keep up?
-- When:    PLATFORM_REPLICA_URLS is set and answers say an older data version; the disk fills with WAL.
-- Columns: on the primary: 1 each replica; lag is how far its replay is behind in time, behind in bytes. 2 slots; retained is the WAL kept
--          for one, and an inactive one keeps it for ever. On a replica: replayed_ago, which is also long when nothing is written.
-- Next:    a replica that is not listed is not connected: its log says why. An inactive slot of a replica that is gone:
--          select pg_drop_replication_slot('name').
select pg_is_in_recovery() as is_replica \gset
\if :is_replica
select
    pg_last_wal_receive_lsn() as received, pg_last_wal_replay_lsn() as replayed,
    statement_timestamp() - pg_last_xact_replay_timestamp() as replayed_ago, pg_is_wal_replay_paused() as is_paused;
\else
\echo '1 replicas'
select
    r.application_name as replica, r.client_addr, r.state, r.sync_state, r.replay_lag as lag,
    pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), r.replay_lsn)) as behind
from pg_stat_replication as r;
\echo '2 slots'
select s.slot_name, s.slot_type, s.active, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn)) as retained
from pg_replication_slots as s;
\endif
