begin;
select plan(1);

select is_empty(
    $$
    select t.reason, t.vin, t.keys, u.unused
    from (
        values
        ('1AAA1BC20LF000001', array['A1BC2|*F'], null, 'rule 32: one key reads all'),
        ('1AAA1BC20LF000001', array['A', '*1', '**B', '***C', '****2', '*****|*F'], null, 'rule 32: several keys together'),
        ('1AAA1BC20LF000001', array['A*B', '*****|L'], '5,7,8,11', 'rule 32: wildcards read nothing, position 10 is not asked'),
        ('1AAA1BC20LF000001', null, '4,5,6,7,8,11', 'rule 32: no key, no position'),
        ('1AAA1BC2', array['A1'], '6,7,8', 'rule 32: a part of a VIN as far as it goes'),
        ('1AA', array['A1'], null, 'rule 32: nothing to read'),
        ('1AAI1BC20LF000001', array['[H-J]1BC2|*F'], '4', 'rule 32: an I in a range is matched, but does not count'),
        ('1AAI1BC20LF000001', array['[HIJ]1BC2|*F'], null, 'rule 32: listed it counts'),
        ('1AAOQBC20LF000001', array['OQBC2|*F'], null, 'rule 32: as a plain character it counts'),
        ('1AAI1BC20LF000001', array['[H-J]1BC2|*F', 'I'], null, 'rule 32: one key that counts is enough'),
        ('1AA*1BC20LF000001', array['*1BC2|*F', 'A'], '4', 'rule 32: only a wildcard matches a *'),
        ('1AA#1BC20LF000001', array['#1BC2|*F'], '4', 'rule 32: the # of a key counts digits')
    ) as t (vin, keys, expected, reason)
    cross join lateral (
        select decoder.unused_positions(
            t.vin,
            (select bit_or(decoder.used_positions(k)) from unnest(t.keys) as k),
            array(
                select jsonb_populate_record(
                    null::decoder.item,
                    jsonb_build_object('element_id', 34, 'keys', k, 'used_positions', decoder.used_positions(k))
                )
                from unnest(t.keys) as k
            ) || jsonb_populate_record(null::decoder.item, '{"element_id": 39, "keys": "1AA", "used_positions": 0}')
        ) as unused
    ) as u
    where u.unused is distinct from t.expected
    $$,
    'positions that no key reads'
);

select * from finish();
rollback;
