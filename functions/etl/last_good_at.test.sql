begin;
select plan(2);

select is(etl.last_good_at(), null, 'no run yet');
insert into etl.run (source, status, finished_at)
values ('a', 'published', '2026-01-01'), ('a', 'unchanged', '2026-01-08'), ('a', 'refused', '2026-01-15'), ('a', 'failed', '2026-01-22'), ('a', 'running', null);
select is(etl.last_good_at(), '2026-01-08', 'the last that published or found nothing new');

select * from finish();
rollback;
