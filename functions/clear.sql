-- "create or replace" leaves behind what no file makes any more, and cannot change what a function returns, nor the order of a
-- view's columns. So a deploy starts from no view and no function; it is one transaction, so nobody sees the gap.
do $$
declare
    made_here record;
begin
    loop
        select n.nspname, c.relname into made_here
        from pg_catalog.pg_class as c
        inner join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
        where n.nspname in ('staging', 'admin', 'etl')
            and c.relkind = 'v'
            and c.relowner = 'mvp_platform_owner'::regrole
        limit 1;
        exit when made_here is null;
        execute pg_catalog.format('drop view %I.%I cascade', made_here.nspname, made_here.relname);
    end loop;
    loop
        select p.oid::regprocedure as routine into made_here
        from pg_catalog.pg_proc as p
        inner join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
        where n.nspname in ('vin', 'staging', 'decoder', 'api', 'admin', 'etl')
            and p.proowner = 'mvp_platform_owner'::regrole
        limit 1;
        exit when made_here is null;
        execute pg_catalog.format('drop routine %s cascade', made_here.routine);
    end loop;
end;
$$;
