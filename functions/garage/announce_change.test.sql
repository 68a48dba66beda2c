-- That a notification arrives, only another connection can see: test/e2e. Here: what sets it off.
begin;
select plan(2);

select is(
    (
        select string_agg(format('%s %s %s', t.tgname, t.tgenabled, p.proname), ', ' order by t.tgname)
        from pg_trigger as t
        inner join pg_proc as p on p.oid = t.tgfoid
        where t.tgrelid = 'garage.vehicles'::regclass and not t.tgisinternal
    ),
    'announce_change O announce_change, stamp_change O stamp_change', 'both triggers are there'
);
select lives_ok(
    $$
    insert into garage.vehicles (user_id, vin) values ('ålice', '1HGCM82633A004352');
    update garage.vehicles set nickname = 'Blue';
    delete from garage.vehicles
    $$,
    'every kind of write goes through'
);

select * from finish();
rollback;
