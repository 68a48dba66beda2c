-- Multiplying by a prime that shares no factor with 33 visits every text once, in an order without neighbours, so that
-- the copies are spread over the alphabet as the real ones are.
create or replace function bench.wmi_text(n bigint, is_small boolean)
    returns text
    language sql
    immutable
    return (
        select case when is_small then left(t.text, 2) || '9' || right(t.text, 3) else t.text end
        from (
            select string_agg(
                substr('0123456789ABCDEFGHJKLMNPRSTUVWXYZ', (n * 1000003 / d.divisor % 33)::int + 1, 1), '' order by d.divisor
            ) as text
            from unnest(array[1, 33, 1089, 35937, 1185921]::bigint[]) with ordinality as d (divisor, place)
            where d.place <= 3 or is_small
        ) as t
    );
comment on function bench.wmi_text(bigint, boolean) is
    'The n-th of all identifiers: of three characters, or of the six of a small maker (9 in position 3).';
