begin;
select plan(5);

insert into etl.run (run_id, source) overriding system value values (1001, 'a'), (1002, 'b');
do $$
begin
    perform etl.begin_release(1001);
    perform etl.begin_release(1002);
    update catalog.release set data_version = 'version-' || release_id;
end;
$$;
insert into catalog.make (release_id, make_id, name)
values (1, 1, 'ASTER'), (1, 2, 'BORA'), (1, 3, 'CETUS'), (2, 1, 'ASTER'), (2, 2, 'BORA MOTORS'), (2, 4, 'DORADO');
insert into catalog.model (release_id, make_id, model_id, name)
values
    (1, 1, 11, 'Alpha'), (1, 1, 12, 'Beta'), (1, 2, 13, 'Gamma'),
    (2, 1, 11, 'Alpha II'), (2, 2, 13, 'Gamma'), (2, 4, 12, 'Beta');

select is(
    etl.describe_changes(2, 1) -> 'names',
    '{
        "makes": {
            "added": {"count": 1, "names": ["DORADO"]}, "removed": {"count": 1, "names": ["CETUS"]},
            "renamed": {"count": 1, "names": [{"from": "BORA", "to": "BORA MOTORS"}]}
        },
        "models": {
            "added": {"count": 1, "names": ["DORADO Beta"]}, "removed": {"count": 1, "names": ["ASTER Beta"]},
            "renamed": {"count": 1, "names": [{"from": "ASTER Alpha", "to": "ASTER Alpha II"}]}
        }
    }',
    'makes and models that came, went and changed their name; the models of a renamed make did not'
);
select is(
    etl.describe_changes(2, 1) - 'names' - 'tables', '{"dataVersion": "version-2", "previousDataVersion": "version-1"}', 'of which against which'
);
select results_eq(
    $$
    select etl.describe_changes(2, 1) #> '{tables,make}', etl.describe_changes(2, 1) #> '{tables,model}', etl.describe_changes(2, null) #> '{tables,make}'
    $$,
    $$ values ('{"rows": 3, "change": 0}'::jsonb, '{"rows": 3, "change": 0}'::jsonb, '{"rows": 3, "change": null}'::jsonb) $$,
    'the rows of each table; without a release before no change'
);
select is(etl.describe_changes(2, null) -> 'names', '{}', 'the first release is no list of everything');

insert into catalog.make (release_id, make_id, name) select 2, 100 + g, format('NEW %s', g) from generate_series(1, 30) as g;
select results_eq(
    $$ select a ->> 'count', jsonb_array_length(a -> 'names') from (select etl.describe_changes(2, 1) #> '{names,makes,added}' as a) as t $$,
    $$ values ('31', 20) $$,
    'of many, all are counted and some are named'
);

select * from finish();
rollback;
