-- needs: fixture
begin;
select plan(3);

select is(decoder.listed_release_id(), decoder.current_release_id(), 'the published release');

update catalog.element set is_flat = null;
select throws_ok('select decoder.listed_release_id()', 'VP503', null, 'a release of before, which has no lists');

delete from catalog.current_release;
select throws_ok('select decoder.listed_release_id()', 'VP503', null, 'nothing is published');

select * from finish();
rollback;
