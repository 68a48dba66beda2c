create schema if not exists bench;
create table if not exists bench.fingerprint (fingerprint text not null);
comment on table bench.fingerprint is 'What this database was made from; while it is the same, the next run uses it again.';
