begin;
select plan(1);

insert into etl.run (run_id, source, changes)
overriding system value
values
    (1001, 'a', '{
        "dataVersion": "version-2", "previousDataVersion": "version-1", "tables": {"make": {"rows": 12, "change": -1}},
        "names": {"makes": {"removed": {"count": 1, "names": ["CETUS"]}}}
    }'),
    (1002, 'b', null);
select results_eq(
    'select run_id, data_version, previous_data_version, topic, row_count, row_change, names from admin.run_change order by topic',
    $$
    values
        (1001, 'version-2', 'version-1', 'make', 12::bigint, -1::bigint, null::jsonb),
        (1001, 'version-2', 'version-1', 'makes removed', 1, null, '["CETUS"]')
    $$,
    'rows of tables, names of makes and models'
);

select * from finish();
rollback;
