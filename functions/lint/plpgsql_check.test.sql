-- The extension comes with Debian's PostgreSQL 15; where it is not installed there is nothing to run.
begin;
select plan(2);

-- What etl.count_jobs reads comes with the first worker.
create table if not exists pgboss.job (name text, state text);

create function pg_temp.has_checker() returns boolean language plpgsql as $$
begin
    if not exists (select from pg_available_extensions where name = 'plpgsql_check') then
        return false;
    end if;
    create extension if not exists plpgsql_check;
    return true;
end;
$$;

create function pg_temp.findings(is_ours boolean) returns table (routine text, level text, line int, message text, detail text)
language plpgsql as $$
begin
    return query execute $query$
        select p.oid::regprocedure::text, c.level, c.lineno, c.message, c.detail
        from pg_proc as p
        inner join pg_language as l on l.oid = p.prolang and l.lanname = 'plpgsql'
        inner join pg_namespace as n on n.oid = p.pronamespace
        cross join lateral plpgsql_check_function_tb(p.oid, fatal_errors => false, security_warnings => true) as c
        where (n.nspowner = 'mvp_platform_owner'::regrole) = $1 and (n.nspowner = 'mvp_platform_owner'::regrole or p.proname = 'faulty')
    $query$
    using is_ours;
end;
$$;

-- Nothing runs this; the checker must say that it cannot.
create function pg_temp.faulty() returns int language plpgsql as $$
begin
    return (select no_such_column from pg_catalog.pg_class);
end;
$$;

select case
    when pg_temp.has_checker() then isnt_empty('select * from pg_temp.findings(false)', 'the checker sees a column that is not there')
    else skip('plpgsql_check is not installed', 1)
end;
select case
    when pg_temp.has_checker() then is_empty('select * from pg_temp.findings(true)', 'and finds nothing in our functions')
    else skip('plpgsql_check is not installed', 1)
end;

select * from finish();
rollback;
