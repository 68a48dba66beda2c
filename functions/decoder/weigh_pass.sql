create or replace function decoder.weigh_pass(
    release_id int,
    pass decoder.pass,
    out error_value bigint,
    out elements_weight bigint,
    out pattern_count bigint
)
    language plpgsql
    stable parallel safe
as $$
begin
    select sum(e.weight) into error_value
    from catalog.error_code as e
    where e.release_id = weigh_pass.release_id and e.error_code = any(pass.codes);
    select
        sum(w.weight),
        nullif(sum(w.pattern_count), 0)
    into elements_weight, pattern_count
    from (
        select
            -- Values of patterns are looked up last: an unknown lookup id still counts.
            max(e.weight) filter (where i.value <> '' or i.source in ('Pattern', 'EngineModelPattern', 'Vehicle Specs')) as weight,
            count(*) filter (
                where i.source in ('Pattern', 'EngineModelPattern')
                    or (i.source = 'Formula Pattern' and i.value not in ('', 'Not Applicable'))
            ) as pattern_count
        from unnest(pass.items) as i
        left join catalog.element as e on e.release_id = weigh_pass.release_id and e.element_id = i.element_id
        group by i.element_id
    ) as w;
end;
$$;
comment on function decoder.weigh_pass(int, decoder.pass) is
    'What NHTSA compares two model years by: sum of the error codes'' weights, of the decoded elements'' weights, and the count of pattern values (null for none).';
