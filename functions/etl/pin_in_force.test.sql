begin;
select plan(3);

select is(etl.pin_in_force() is null, true, 'none');
insert into etl.pin (release_id, data_version, reason, pinned_by, pinned_at, expires_at, ended_at, ended_by)
values
    (1, 'a', 'ended', 'x', now() - interval '2 days', now() + interval '1 day', now(), 'y'),
    (2, 'b', 'expired', 'x', now() - interval '2 days', now() - interval '1 day', null, null);
select is(etl.pin_in_force() is null, true, 'one that was ended, one that has run out');
update etl.pin set expires_at = now() + interval '1 hour' where release_id = 2;
select is((etl.pin_in_force()).release_id, 2, 'one that lasts');

select * from finish();
rollback;
