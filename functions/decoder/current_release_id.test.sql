-- needs: fixture
begin;
select plan(2);

select is(decoder.current_release_id(), (select c.release_id from catalog.current_release as c), 'the published release');

delete from catalog.current_release;
select throws_ok('select decoder.current_release_id()', 'VP503', null, 'nothing is published');

select * from finish();
rollback;
