-- As clear.sql: a deploy starts from no function, in one transaction. Triggers go along and are made again; policies must not,
-- which is why none of them calls a function of ours.
do $$
declare
    routine regprocedure;
begin
    loop
        select p.oid into routine
        from pg_catalog.pg_proc as p
        inner join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
        where n.nspname = 'garage' and p.proowner = 'mvp_main_owner'::regrole
        limit 1;
        exit when routine is null;
        execute pg_catalog.format('drop routine %s cascade', routine);
    end loop;
end;
$$;
