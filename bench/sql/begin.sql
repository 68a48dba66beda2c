create schema if not exists bench;
grant usage on schema bench to mvp_platform_user;

-- The limit of what a decoder could do: every answer finished beforehand. Uncompressed and in the row itself, because
-- the documents then come out fastest (measured: a tenth more a second than compressed ones), and what is compared with
-- them should not look better than it is.
create table bench.answer (vin text primary key, document jsonb not null) with (toast_tuple_target = 8160);
alter table bench.answer alter column document set storage external;
comment on table bench.answer is 'Finished answers of api.decode_vin.';
grant select on bench.answer to mvp_platform_user;

create table bench.batch (kind text not null, batch_id int not null, vins text[] not null, primary key (kind, batch_id));
comment on table bench.batch is 'VINs for a client that can keep no list of its own (pgbench), some at a time.';
grant select on bench.batch to mvp_platform_user;
