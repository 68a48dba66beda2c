begin;
select plan(10);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$ begin perform etl.begin_release(1001); end; $$;
insert into vpic.element (id, name, code, lookuptable, isprivate, decode, groupname)
values
    (5, 'Body Class', 'BodyClass', 'BodyStyle', false, 'Pattern', 'Exterior / Body'), (13, 'Displacement (L)', 'L', null, false, 'Pattern', 'Engine'),
    (14, 'Doors', 'Doors', null, false, 'Pattern', 'Exterior / Body'), (18, 'Engine Model', 'EngineModel', null, false, 'Pattern', 'Engine'),
    (26, 'Make', 'Make', 'Make', false, 'Pattern', 'General'), (28, 'Model', 'Model', 'Model', false, 'Pattern', 'General'),
    (114, 'Note', 'Note', null, false, 'Pattern', 'General'), (129, 'Other Engine Info', 'Info', null, false, 'Pattern', 'Engine'),
    (143, 'Error Code', 'ErrorCode', null, false, 'Pattern', 'General'), (156, 'Additional Error Text', 'AdditionalErrorText', null, false, 'Pattern', 'General'),
    (191, 'Error Text', 'ErrorText', null, false, 'Pattern', 'General'), (300, 'New', 'New', null, false, 'Pattern', 'General');
insert into vpic.lookup (lookup_table, id, name) values ('bodystyle', 65, 'Sedan');
insert into vpic.vehicletype (id, name) values (2, 'Passenger Car');
insert into vpic.make (id, name) values (474, 'Honda'), (475, 'Acura');
insert into vpic.model (id, name) values (1, 'Accord'), (2, 'Integra'), (3, 'Prelude');
insert into vpic.make_model (makeid, modelid) values (474, 1), (474, 2), (475, 2);
insert into vpic.enginemodel (id, name) values (77, 'K24A');
insert into vpic.defaultvalue (id, elementid, vehicletypeid, defaultvalue) values (1, 14, 2, '4'), (2, 129, 2, 'x'), (3, 13, 2, '');
insert into vpic.vinschema (id, name) values (1, 'good'), (2, 'being checked');
update vpic.vinschema set tobeqced = true where id = 2;
insert into vpic.pattern (id, vinschemaid, keys, elementid, attributeid, createdon)
select t.id, t.schema_id, t.keys, t.element_id, t.attribute_id, '2020-01-01'::timestamp
from (
    values
    (10, 1, 'A*B', 28, '1'), (11, 1, 'A*B', 5, '65'), (12, 1, 'A*B', 114, 'one'), (13, 1, 'A*B', 114, 'two "2"'),
    (20, 1, 'C', 28, '2'), (21, 1, 'D', 28, '3'), (22, 1, 'E', 18, 'K24A'), (23, 1, 'F', 18, 'unheard of'), (24, 1, 'G', 5, '99'),
    (25, 1, 'H', 13, '1'), (26, 1, 'H', 13, '2'), (27, 1, 'J', 300, 'x'), (28, 1, 'K', 129, 'x'), (29, 2, 'L', 5, '65'),
    (30, 1, 'M', 26, '474')
) as t (id, schema_id, keys, element_id, attribute_id);
do $$
begin
    perform etl.compile_elements(1);
    perform etl.compile_wmis(1);
    perform etl.compile_keys(1);
    perform etl.compile_engines(1);
    perform etl.compile_patterns(1);
    perform etl.compile_rules(1);
end;
$$;
create temporary table numbered as select key_id, schema_id, keys, symbols, used_positions, is_formula from staging.pattern_key;

select is(etl.compile_texts(1), 2::bigint, 'texts of whole keys that state something');

select is_empty(
    $$
    (select n.* from numbered as n except select k.key_id, k.schema_id, k.keys, k.symbols, k.used_positions, k.is_formula from catalog.pattern_key as k)
    union all
    select null, null, s.keys, null, null, null from staging.pattern_key as s
    $$,
    'every key is moved'
);

select is_empty(
    $$
    select t.keys, t.reason, k.is_whole, k.body_traits
    from (
        values
        ('A*B', true, '{5,26,28}'::int[], 1 << 14, 'a model of one make, a body, notes'),
        ('C', false, '{28}', 0, 'a model of two makes'),
        ('D', false, '{28}', 0, 'a model of none'),
        ('E', false, '{18}', 0, 'an engine model that brings more'),
        ('F', true, '{18}', 0, 'one that does not'),
        ('G', false, '{5}', 0, 'a value that nobody knows'),
        ('H', false, '{13}', 0, 'an element twice'),
        ('J', false, '{255}', 0, 'an element that has no bit'),
        ('K', false, '{}', 0, 'one of several values, of an element that has a default'),
        ('L', true, null, null, 'nothing: its schema waits for its check'),
        ('M', true, null, null, 'nothing that a pattern may state')
    ) as t (keys, is_whole, elements, body_traits, reason)
    left join catalog.pattern_key as k on k.keys = t.keys
    where k.is_whole is distinct from t.is_whole
        or k.body_traits is distinct from t.body_traits
        or case when k.elements is not null then array(select e from generate_series(0, 255) as e where get_bit(k.elements, e) = 1) end is distinct from t.elements
    $$,
    'which keys are whole, and what they state'
);

select results_eq(
    $$
    select ('{' || t.fields || '}')::jsonb, (select array_agg(c.key order by c.key) from jsonb_each(('{' || t.confidences || '}')::jsonb) as c),
        array(select r ->> 'Variable' || ' ' || (r ->> 'Value') from jsonb_array_elements(('[' || t.raw || ']')::jsonb) as r)
    from catalog.key_text as t
    inner join catalog.pattern_key as k on k.text_id = t.text_id
    where k.keys = 'A*B'
    $$,
    $$
    values (
        '{"make": "HONDA", "model": "Accord", "bodyType": "Sedan"}'::jsonb, '{bodyType,make,model}'::text[],
        array['Make HONDA', 'Model Accord', 'Note one', 'Note two "2"', 'Body Class Sedan']
    )
    $$,
    'its text, in the order of NHTSA''s groups'
);

select results_eq(
    $$ select k.keys, t.engine_model, t.displacement, t.fields from catalog.key_text as t inner join catalog.pattern_key as k on k.text_id = t.text_id where t.engine_model is not null $$,
    $$ values ('F' collate "C", 'unheard of', null::text, null::text) $$,
    'the engine''s parts stand by themselves'
);

select results_eq(
    $$ select element_id, raw::jsonb ->> 'Value', fields, raw::jsonb ->> 'source' from catalog.default_value order by element_id $$,
    $$ values (13, null, null, null), (14, '4', null::text, 'Default'), (129, 'x', null, 'Default') $$,
    'defaults as texts, but for those without a value'
);

select results_eq(
    $$
    select d.vehicle_type_id, array(select e from generate_series(0, 255) as e where get_bit(d.elements, e) = 1), d.engine, d.engine_confidence,
        d.statements = (select string_agg(',' || v.raw, '' order by v.element_id) from catalog.default_value as v)
    from catalog.default_text as d
    $$,
    $$ values (2, array[14, 129], null::text, null::numeric, true) $$,
    'the defaults of a type in one text'
);

select is_empty(
    $$
    select v.traits, v.weight, v.errors, v.statements
    from catalog.verdict as v
    cross join lateral (
        select array_remove(array[
            0, case when v.traits & (1 << 12) <> 0 then 9 end, case when v.traits & (1 << 13) <> 0 then 10 end,
            case when v.traits & (1 << 15) <> 0 then 12 end, case when v.traits & (1 << 17) <> 0 then 14 end
        ], null) as codes
    ) as c
    where array(select (e ->> 'code')::int from jsonb_array_elements(('[' || v.errors || ']')::jsonb) as e) is distinct from c.codes
        or v.weight is distinct from (select sum(e.weight) from catalog.error_code as e where e.error_code = any(c.codes))
        or ('[' || v.statements || ']')::jsonb -> 0 ->> 'Value' is distinct from array_to_string(c.codes, ',')
        or ('[' || v.statements || ']')::jsonb -> 2 ->> 'Value' is distinct from nullif(btrim(concat(
            'Unused position(s): ' || decoder.unread_positions(~v.traits) || '.',
            decoder.warnings(v.traits & (1 << 14) <> 0, v.traits & (1 << 16) <> 0)
        )), '')
    $$,
    'a verdict says the codes of its traits, their weight, and what is told beside them'
);

select results_eq(
    $$ select count(*), count(distinct v.traits), bit_or(v.traits) from catalog.verdict as v $$,
    $$ values (2080::bigint, 2080::bigint, 2544 + (63 << 12)) $$,
    'there is one for all traits that are no errors'
);

-- A default of the body class would decide on error codes.
insert into vpic.defaultvalue (id, elementid, vehicletypeid, defaultvalue) values (4, 5, 2, '13');
delete from catalog.default_value;
delete from catalog.pattern_key;
delete from catalog.key_text;
delete from catalog.phrase;
delete from catalog.verdict;
delete from catalog.default_text;
do $$ begin perform etl.compile_keys(1); perform etl.compile_rules(1); perform etl.compile_texts(1); end; $$;
select is_empty(
    $$ select k.keys from catalog.pattern_key as k where k.is_whole and k.elements is not null union all select k.keys from catalog.key_text as t inner join catalog.pattern_key as k on k.text_id = t.text_id $$,
    'no key stands alone where the body class has a default'
);

select * from finish();
rollback;
