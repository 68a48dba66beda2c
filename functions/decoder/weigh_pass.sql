create or replace function decoder.weigh_pass(
    release_id int,
    pass decoder.pass,
    out error_value bigint,
    out elements_weight bigint,
    out pattern_count bigint
)
    language sql
    stable parallel safe
begin atomic
    select
        (
            select sum(e.weight)
            from catalog.error_code as e
            where e.release_id = weigh_pass.release_id and e.error_code = any((weigh_pass.pass).codes)
        ),
        (
            select sum(e.weight)
            from catalog.element as e
            where e.release_id = weigh_pass.release_id
                and exists (
                    select
                    from unnest((weigh_pass.pass).items) as i
                    -- Values of patterns are looked up last: an unknown lookup id still counts.
                    where i.element_id = e.element_id and (i.value <> '' or i.source in ('Pattern', 'EngineModelPattern', 'Vehicle Specs'))
                )
        ),
        (
            select nullif(count(*), 0)
            from unnest((weigh_pass.pass).items) as i
            where i.source in ('Pattern', 'EngineModelPattern')
                or (i.source = 'Formula Pattern' and i.value not in ('', 'Not Applicable'))
        );
end;
comment on function decoder.weigh_pass(int, decoder.pass) is
    'What NHTSA compares two model years by: sum of the error codes'' weights, of the decoded elements'' weights, and the count of pattern values (null for none).';
