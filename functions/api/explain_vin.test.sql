-- needs: data
begin;
select plan(2);

select results_eq(
    $$select api.explain_vin('1HGCM82633A004352') - 'explanation'$$,
    $$select api.decode_vin('1HGCM82633A004352')$$,
    'the decode object is that of api.decode_vin'
);

select ok(
    api.explain_vin('1HGCM82633A004352', 2003) -> 'explanation' ?& array['wmi', 'descriptor', 'year', 'positions', 'elements'],
    'and an explanation'
);

select * from finish();
rollback;
