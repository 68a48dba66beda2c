create or replace view etl.raw_table as
select
    c.relname::text as table_name,
    array_agg(a.attname::text order by a.attnum) as columns,
    exists (select from etl.required_column as r where r.table_name = c.relname) as is_required,
    (
        select coalesce(array_agg(r.column_name order by r.column_name), '{}')
        from etl.required_column as r
        where r.table_name = c.relname
    ) as required_columns
from pg_catalog.pg_class as c
inner join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = 'vpic'::regnamespace and c.relkind = 'r' and c.relname <> 'lookup'
group by c.relname;
comment on view etl.raw_table is 'What a source may fill: tables of vpic with their columns, and which of them it must bring.';
grant select on etl.raw_table to mvp_platform_etl;
