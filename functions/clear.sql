-- "create or replace" leaves behind what no file makes any more, and cannot change what a function returns. So a deploy
-- starts from none; it is one transaction, so nobody sees the gap. Views on top go along and are made again.
do $$
declare
    routine regprocedure;
begin
    loop
        select p.oid into routine
        from pg_catalog.pg_proc as p
        inner join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
        where n.nspname in ('vin', 'staging', 'decoder', 'api', 'admin', 'etl')
            and p.proowner = 'mvp_platform_owner'::regrole
        limit 1;
        exit when routine is null;
        execute pg_catalog.format('drop routine %s cascade', routine);
    end loop;
end;
$$;
