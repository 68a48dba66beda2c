-- needs: fixture
begin;
select plan(4);

select is(r.is_standby, false, 'the primary is no standby')
from api.replication() as r;

select is(r.data_version, api.data_version(), 'it says which data is published')
from api.replication() as r;

select ok(
    r.log_position <= pg_current_wal_lsn() - '0/0'::pg_lsn and r.log_position > 0,
    'the position is a place in the log that was written'
)
from api.replication() as r;

select ok(
    abs(r.clock - extract(epoch from localtimestamp) * 1000) < 1,
    'the clock is the one that decodes go by'
)
from api.replication() as r;

select * from finish();
rollback;
