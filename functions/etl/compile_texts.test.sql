begin;
select plan(9);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$ begin perform etl.begin_release(1001); end; $$;
insert into vpic.element (id, name, code, lookuptable, isprivate, decode, groupname)
values
    (5, 'Body Class', 'BodyClass', 'BodyStyle', false, 'Pattern', 'Exterior / Body'), (13, 'Displacement (L)', 'L', null, false, 'Pattern', 'Engine'),
    (14, 'Doors', 'Doors', null, false, 'Pattern', 'Exterior / Body'), (18, 'Engine Model', 'EngineModel', null, false, 'Pattern', 'Engine'),
    (26, 'Make', 'Make', 'Make', false, 'Pattern', 'General'), (28, 'Model', 'Model', 'Model', false, 'Pattern', 'General'),
    (114, 'Note', 'Note', null, false, 'Pattern', 'General'), (129, 'Other Engine Info', 'Info', null, false, 'Pattern', 'Engine'),
    (300, 'New', 'New', null, false, 'Pattern', 'General');
insert into vpic.lookup (lookup_table, id, name) values ('bodystyle', 13, 'Sedan');
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
    (10, 1, 'A*B', 28, '1'), (11, 1, 'A*B', 5, '13'), (12, 1, 'A*B', 114, 'one'), (13, 1, 'A*B', 114, 'two "2"'),
    (20, 1, 'C', 28, '2'), (21, 1, 'D', 28, '3'), (22, 1, 'E', 18, 'K24A'), (23, 1, 'F', 18, 'unheard of'), (24, 1, 'G', 5, '99'),
    (25, 1, 'H', 13, '1'), (26, 1, 'H', 13, '2'), (27, 1, 'J', 300, 'x'), (28, 1, 'K', 129, 'x'), (29, 2, 'L', 5, '13'),
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
    select t.keys, t.reason, k.is_whole, k.body_class
    from (
        values
        ('A*B', true, '{5,26,28}'::int[], '13', 'a model of one make, a body, notes'),
        ('C', false, '{28}', null, 'a model of two makes'),
        ('D', false, '{28}', null, 'a model of none'),
        ('E', false, '{18}', null, 'an engine model that brings more'),
        ('F', true, '{18}', null, 'one that does not'),
        ('G', false, '{5}', '99', 'a value that nobody knows'),
        ('H', false, '{13}', null, 'an element twice'),
        ('J', false, '{255}', null, 'an element that has no bit'),
        ('K', false, '{}', null, 'one of several values, of an element that has a default'),
        ('L', true, null, null, 'nothing: its schema waits for its check'),
        ('M', true, null, null, 'nothing that a pattern may state')
    ) as t (keys, is_whole, elements, body_class, reason)
    left join catalog.pattern_key as k on k.keys = t.keys
    where k.is_whole is distinct from t.is_whole
        or k.body_class is distinct from t.body_class
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
    select t.codes, v.weight, v.errors
    from (
        values
        ('0'), ('0,9'), ('0,10'), ('0,9,10'), ('0,12'), ('0,14'), ('0,9,12'), ('0,9,14'), ('0,10,12'), ('0,10,14'), ('0,12,14'),
        ('0,9,10,12'), ('0,9,10,14'), ('0,9,12,14'), ('0,10,12,14'), ('0,9,10,12,14')
    ) as t (codes)
    full join catalog.verdict as v on v.codes = t.codes
    where t.codes is null
        or array(select (e ->> 'code')::int from jsonb_array_elements(('[' || v.errors || ']')::jsonb) as e)
            is distinct from array(select c.error_code from catalog.error_code as c where c.error_code = any(string_to_array(t.codes, ',')::int[]) order by 1)
        or v.weight is distinct from (
            select sum(c.weight) from catalog.error_code as c where c.error_code = any(string_to_array(t.codes, ',')::int[])
        )
    $$,
    'every combination of codes that are no errors'
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
