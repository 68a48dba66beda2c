begin;
select plan(5);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$ begin perform etl.begin_release(1001); end; $$;
insert into catalog.wmi (release_id, wmi, wmi_id, is_light, public_at, make_ids)
values (1, '1HG', 1, true, '2015-01-01', '{474}'), (1, '1HF', 2, true, null, '{474}'), (1, '1HH', 3, true, '2015-01-01', '{474}');
insert into catalog.segment (
    release_id, wmi_id, year_from, year_to, schema_ids, link_years, valid_characters, has_formula, looks_past_descriptor
)
values
    (1, 1, 0, 0, '{10,20}', '{0,0}', '{}', false, false),
    (1, 1, 2000, 2004, '{10}', '{0}', '{}', false, false),
    (1, 1, 2005, 2009, '{10,20}', '{0,0}', '{}', false, false),
    (1, 2, 2012, 2012, '{10}', '{0}', '{}', false, false),
    (1, 3, 2015, 2015, '{10}', '{0}', '{}', false, false),
    (1, 3, 2016, 2016, '{20}', '{0}', '{}', false, false);
insert into catalog.pattern_key (release_id, key_id, schema_id, keys, symbols, used_positions, is_formula)
select 1, k.key_id, k.schema_id, k.keys, decoder.key_symbols(k.keys), decoder.used_positions(k.keys), false
from (
    values
    (1, 10, 'A'), (2, 10, 'B'), (3, 10, 'A*X'), (4, 10, '[B]*Y'), (5, 10, '[A-B]'), (6, 10, 'AC'), (7, 20, 'A'), (8, 10, 'Z'),
    (9, 10, '*****|*B')
) as k (key_id, schema_id, keys);
insert into catalog.pattern (release_id, key_id, pattern_id, element_id, slot, rank, value, value_id)
values
    (1, 1, 1, 28, 0, 1, 'Accord', '100'), (1, 2, 2, 28, 0, 2, 'Civic', '200'), (1, 8, 8, 28, 0, 8, 'bad', 'no number'),
    (1, 3, 3, 38, 0, 3, 'EX', 'EX'), (1, 4, 4, 38, 0, 4, 'Sport', 'Sport'), (1, 7, 7, 38, 0, 7, 'Late', 'Late'),
    (1, 8, 9, 38, 0, 9, 'Nobody''s', 'x'), (1, 5, 5, 37, 0, 5, 'Automatic', '7'), (1, 9, 10, 37, 0, 10, 'Manual', '3');
insert into catalog.model_make (release_id, model_id, make_id, make_name) values (1, 100, 474, 'HONDA'), (1, 100, 475, 'ACURA'), (1, 200, 474, 'HONDA');
insert into catalog.term (term_id, kind, name)
overriding system value
values (9001, 'trim', 'EX'), (9002, 'trim', 'Sport'), (9003, 'trim', 'Late'), (9004, 'trim', 'Nobody''s'), (9005, 'engine', '2.4L I4'), (9006, 'engine', 'last week''s');
insert into staging.key_engine (schema_id, key_id, name) values (10, 6, '2.4L I4');
insert into vpic.lookup (lookup_table, id, name) values ('transmission', 3, 'Manual'), ('transmission', 7, 'Automatic'), ('transmission', 8, 'CVT');

select is(etl.compile_options(1), 13::bigint, 'combinations of make, model and option');

select results_eq(
    $$
    select v.make_id, v.model_id, v.kind, o.name, v.years
    from catalog.vehicle_option as v
    inner join catalog.option as o on o.kind = v.kind and o.option_id = v.option_id
    where v.make_id = 474
    order by v.model_id, v.kind, o.name
    $$,
    $$
    values
        (474, 100, 'engine', '2.4L I4', '{[2000,2010),[2015,2016)}'::int4multirange),
        (474, 100, 'transmission', 'Automatic', '{[2000,2010),[2015,2016)}'),
        (474, 100, 'transmission', 'Manual', '{[2000,2010),[2015,2016)}'),
        (474, 100, 'trim', 'EX', '{[2000,2010),[2015,2016)}'),
        -- Of another schema: only while both hold for one WMI.
        (474, 100, 'trim', 'Late', '{[2005,2010)}'),
        (474, 200, 'transmission', 'Automatic', '{[2000,2010),[2015,2016)}'),
        (474, 200, 'transmission', 'Manual', '{[2000,2010),[2015,2016)}'),
        (474, 200, 'trim', 'Sport', '{[2000,2010),[2015,2016)}')
    $$,
    'listed exactly when one VIN fits both keys, in the years of a public WMI'
);

select results_eq(
    $$ select o.kind, o.name from catalog.option as o order by o.kind, o.name $$,
    $$
    values
        ('engine', '2.4L I4'), ('transmission', 'Automatic'), ('transmission', 'CVT'), ('transmission', 'Manual'),
        ('trim', 'EX'), ('trim', 'Late'), ('trim', 'Sport')
    $$,
    'all transmissions; trims and engines that some vehicle of this release has'
);

select results_eq(
    $$ select option_id from catalog.option where kind <> 'transmission' order by 1 $$,
    array[9001, 9002, 9003, 9005],
    'under their lasting ids'
);

-- The slow way, without masks and literals: for each pair of keys, is there a character that both accept at each position?
select is_empty(
    $$
    with pair as (
        select a.key_id as model_key_id, b.key_id as option_key_id,
            not exists (
                select from generate_series(0, 13) as position
                where position <> 5
                    and (substring(a.symbols from position * 41 + 1 for 41) & substring(b.symbols from position * 41 + 1 for 41))
                        = repeat('0', 41)::bit(41)
            ) as fits
        from catalog.pattern_key as a
        cross join catalog.pattern_key as b
    )
    select p.model_key_id, p.option_key_id, p.fits
    from pair as p
    inner join catalog.pattern_key as a on a.key_id = p.model_key_id
    inner join catalog.pattern_key as b on b.key_id = p.option_key_id
    cross join lateral decoder.key_literals(a.keys) as la
    cross join lateral decoder.key_literals(b.keys) as lb
    where p.fits <> (
        (la.literals # lb.literals) & la.fixed & lb.fixed = 0
        and decoder.masks_overlap(decoder.key_masks(a.symbols), decoder.key_masks(b.symbols))
    )
    $$,
    'the quick test agrees with a position by position comparison'
);

select * from finish();
rollback;
