begin;
select plan(3);

select is_empty(
    $$
    select r.table_name, r.column_name
    from etl.required_column as r
    where not exists (
        select
        from pg_attribute as a
        where a.attrelid = to_regclass('vpic.' || r.table_name) and a.attname = r.column_name and a.attnum > 0
    )
    $$,
    'a required column is one that there is'
);

select is_empty(
    $$ select t.table_name from etl.raw_table as t where t.table_name = 'lookup' or t.columns = '{}' $$,
    'the list of raw tables leaves out the lookups, which have many sources'
);

select results_eq(
    $$
    select columns::text collate "default", is_required, required_columns::text
    from etl.raw_table where table_name in ('wmi_make', 'vinexception') order by table_name
    $$,
    $$ values ('{id,vin,checkdigit,createdon,updatedon}', false, '{}'), ('{wmiid,makeid}', true, '{makeid,wmiid}') $$,
    'what a source may fill, and what it must'
);

select * from finish();
rollback;
