begin;
select plan(9);

create temporary table ours as
select
    p.oid, p.oid::regprocedure::text as signature, n.nspname as schema_name, p.proname as name, l.lanname as language,
    p.provolatile as volatility, p.proparallel as parallelism, p.prokind as kind,
    -- Strings and remarks call nothing.
    regexp_replace(regexp_replace(coalesce(pg_get_function_sqlbody(p.oid), p.prosrc), '--[^\n]*', '', 'g'), '''[^'']*''', '''''', 'g') as body,
    array_position(array['i', 's', 'v']::"char"[], p.provolatile) as liveliness
from pg_proc as p
inner join pg_namespace as n on n.oid = p.pronamespace and n.nspowner = 'mvp_platform_owner'::regrole
inner join pg_language as l on l.oid = p.prolang;

-- Parsed bodies are recorded by Postgres, PL/pgSQL's are only text.
create temporary table calls as
select o.oid as caller, d.refobjid as callee
from ours as o
inner join pg_depend as d on d.classid = 'pg_proc'::regclass and d.objid = o.oid and d.refclassid = 'pg_proc'::regclass
where o.language = 'sql'
union
select o.oid, c.oid
from ours as o
inner join ours as c on o.body ~ format('\m%s\.%s\(', c.schema_name, c.name) and c.oid <> o.oid
where o.language <> 'sql';

create temporary table reads as
select o.oid as reader, d.refobjid::regclass::text as relation
from ours as o
inner join pg_depend as d on d.classid = 'pg_proc'::regclass and d.objid = o.oid and d.refclassid = 'pg_class'::regclass
inner join pg_class as c on c.oid = d.refobjid and c.relkind in ('r', 'p', 'v', 'm', 'f')
where o.language = 'sql'
union
select o.oid, found.relation[1]
from ours as o
cross join lateral regexp_matches(
    o.body, '\m(?:from|join|into|update|only|using)\s+((?:vpic|staging|catalog|etl|admin|pg_catalog|information_schema)\.\w+)(?!\w*\s*\()', 'gi'
) as found (relation)
where o.language <> 'sql';

select cmp_ok((select count(*) from calls), '>', 50::bigint, 'the test finds calls');
select cmp_ok((select count(distinct reader) from reads), '>', 30::bigint, 'and reads');

select is_empty(
    $$ select o.signature, r.relation from reads as r inner join ours as o on o.oid = r.reader where o.volatility = 'i' $$,
    'a function that is labelled immutable reads no table'
);

select is_empty(
    $$
    select o.signature as caller, c.signature as callee
    from calls as k
    inner join ours as o on o.oid = k.caller
    inner join ours as c on c.oid = k.callee
    where o.liveliness < c.liveliness
    $$,
    'no function is labelled calmer than one that it calls'
);

select is_empty(
    $$
    select o.signature, found.word[1]
    from ours as o
    cross join lateral regexp_matches(
        o.body, '\m(clock_timestamp|timeofday|random|gen_random_uuid|nextval|setval|pg_notify|set_config|pg_try_advisory_lock)\(', 'g'
    ) as found (word)
    where o.volatility <> 'v'
    union all
    select o.signature, found.word[1]
    from ours as o
    cross join lateral regexp_matches(
        o.body,
        '\m(now\(|statement_timestamp\(|transaction_timestamp\(|localtimestamp\M|current_timestamp\M|current_date\M|current_setting\(|current_user\M|session_user\M)',
        'gi'
    ) as found (word)
    where o.volatility = 'i'
    $$,
    'nor than what it asks of the clock, the session or chance'
);

select is_empty(
    $$
    select o.signature
    from ours as o
    where o.body ~* '\m(insert\s+into|update\s+\w|delete\s+from|truncate\s|execute\s|perform\s+etl\.)' and o.volatility <> 'v' and o.kind = 'f'
    $$,
    'what writes is volatile'
);

select is_empty(
    $$ select o.signature, o.volatility, o.parallelism from ours as o where o.schema_name = 'vin' and (o.volatility <> 'i' or o.parallelism <> 's') $$,
    'vin is pure: immutable and safe in parallel, all of it'
);

select is_empty(
    $$
    select o.signature, o.volatility, o.parallelism
    from ours as o
    where o.schema_name in ('decoder', 'api') and o.name not in ('remember_vins', 'replication') and (o.volatility = 'v' or o.parallelism <> 's')
    $$,
    'decoder and api only read, and are safe in parallel; one function fills the memo, one asks how far the log is, which moves'
);

select is_empty(
    $$
    select o.signature as caller, c.signature as callee
    from calls as k
    inner join ours as o on o.oid = k.caller
    inner join ours as c on c.oid = k.callee
    where o.parallelism = 's' and c.parallelism <> 's'
    $$,
    'what is safe in parallel calls nothing that is not'
);

select * from finish();
rollback;
